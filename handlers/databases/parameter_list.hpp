// The parameters that the versions of an engine have.
#pragma once

#include <string>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// All parameters of a version, by name, as the API shows those that nobody has touched. `engine`
// is "mysql" or "postgres".
const std::vector<json>& parameter_list(const std::string& engine, const std::string& version);

// Throws invalid_input unless the parameter, one of the list, can have this value.
void require_allowed(const json& parameter, const std::string& value);

}  // namespace papersail
