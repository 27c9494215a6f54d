// Pages of lists, continued by the key of the last element, not by an offset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// The maximum number of elements in a response. The service documents 200 for GetOperations only;
// for the other lists it is our choice.
constexpr int page_size = 200;

// One page of a list.
struct Page {
  std::vector<json> elements;
  std::string next_token;  // empty on the last page
};

// Returns a token with the key of the last element and a checksum of the list, so that the next
// page continues after this element even if elements are created or deleted meanwhile.
std::string page_token(std::string_view list, std::string_view last_key);

// Returns the key in a token. Throws invalid_input for a token that `page_token` did not make for
// this list.
std::string last_key_of(std::string_view list, std::string_view token);

// Return a token that is valid only for `owner`, and the token in it. `opened_token` throws
// invalid_input for a token of another owner.
std::string sealed_token(std::string_view owner, std::string_view token);
std::string opened_token(std::string_view owner, std::string_view sealed);

// Returns the name of a list of a region, whose tokens are invalid in other regions.
std::string list_in(std::string_view region, std::string_view what);

// Returns the id in the token of a list that is ordered by id, newest first; a number above every
// id for an empty token. Throws invalid_input like `last_key_of`.
std::int64_t last_id_of(std::string_view list, std::string_view token);

}  // namespace papersail
