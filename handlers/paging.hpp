// Pages of lists that the server computes for each request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"
#include "state/page.hpp"

namespace papersail {

// A list element and its sort key. The key never changes.
struct Keyed {
  std::string key;
  json element;
};

// Returns the page of `list` that the request's pageToken selects. `elements` are in the order of
// their keys, and no two keys are equal. A token is valid in the region of `list` only. Throws
// invalid_input for an invalid token.
Page keyed_page(const Call& call, const std::string& list, std::vector<Keyed> elements,
                std::size_t size = page_size);

}  // namespace papersail
