// JSON values as text in columns.
#pragma once

#include <string>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// Returns a list of objects as columns with a heading, an object as lines of name and value,
// another value as it is. The text is empty or ends with a newline.
std::string table_of(const json& value);
// Returns a list of objects as columns with a heading: these members, in this order.
std::string table_of(const json& list, const std::vector<std::string>& members);

}  // namespace papersail
