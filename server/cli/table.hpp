// JSON for people to read.
#pragma once

#include <string>

#include "state/json.hpp"

namespace papersail {

// A list of objects as columns with a head, an object as lines of name and value, anything else
// as it is. Ends with a line end, unless it is empty.
std::string table_of(const json& value);

}  // namespace papersail
