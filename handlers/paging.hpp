// Lists that are made when they are asked for, in pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"
#include "state/page.hpp"

namespace papersail {

// An element and the place it has in its list for good.
struct Keyed {
  std::string key;
  json element;
};

// The page of `list` that the call's pageToken asks for, of `elements` in the order of their keys,
// which differ. A token is of use in the region of `list` only. Throws invalid_input for a bad one.
Page keyed_page(const Call& call, const std::string& list, std::vector<Keyed> elements,
                std::size_t size = page_size);

}  // namespace papersail
