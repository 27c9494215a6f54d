// The rule for the names of resources.
#pragma once

#include <string>

namespace papersail {

// The code of errors about names.
constexpr const char* invalid_name = "InvalidResourceName";

// Throws invalid_input with the code InvalidResourceName unless a resource can have this name.
void require_valid_name(const std::string& name);

}  // namespace papersail
