// JSON for people to read.
#pragma once

#include <string>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// A list of objects as columns with a head, an object as lines of name and value, anything else
// as it is. Ends with a line end, unless it is empty.
std::string table_of(const json& value);
// The same of a list of objects, with these members alone, in their order.
std::string table_of(const json& list, const std::vector<std::string>& members);

}  // namespace papersail
