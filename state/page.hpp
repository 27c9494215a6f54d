// Lists come in pages, continued by a key and never by an offset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// At most this many elements in one answer. The service documents 200 for GetOperations alone;
// for the other lists it is our choice.
constexpr int page_size = 200;

// One page of a list.
struct Page {
  std::vector<json> elements;
  std::string next_token;  // empty on the last page
};

// A token holds the list that it belongs to and the key of the last element seen, so it goes on
// where it stopped whatever came or went meanwhile.
std::string page_token(std::string_view list, std::string_view last_key);

// The key in a token. Throws invalid_input for a token that `page_token` did not make for this
// list.
std::string last_key_of(std::string_view list, std::string_view token);

// The name of a list that belongs to a region: its tokens are no use in another.
std::string list_in(std::string_view region, std::string_view what);

// The key in the token of a list by id, newest first; above every id for no token. Throws the same.
std::int64_t last_id_of(std::string_view list, std::string_view token);

}  // namespace papersail
