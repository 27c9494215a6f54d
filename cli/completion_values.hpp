// The values that completion offers.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace papersail {

// Returns the values of this kind; ":files" for files. Asks the server for what it knows. Returns
// nothing if it does not answer within a second.
std::vector<std::string> values_of(ValueKind kind, const Settings& settings);

}  // namespace papersail
