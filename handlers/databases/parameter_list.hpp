// The parameters of each version of an engine.
#pragma once

#include <string>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// Returns all parameters of a version, sorted by name, as the API shows them before any change.
// `engine` is "mysql" or "postgres".
const std::vector<json>& parameter_list(const std::string& engine, const std::string& version);

// Throws invalid_input unless the parameter, one of the list, accepts this value.
void require_allowed(const json& parameter, const std::string& value);

}  // namespace papersail
