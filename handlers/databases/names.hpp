// The rules for names of managed databases, master databases and master users.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// Throws invalid_input for an invalid name of a database or of its snapshot. The rules are narrower
// than those of other resources.
void require_database_name(const std::string& name);

// Throws invalid_input if the engine refuses masterDatabaseName or masterUsername of `input`.
void require_master_names(const std::string& engine, const json& input);

}  // namespace papersail
