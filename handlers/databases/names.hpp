// What managed databases, their master databases and master users may be called.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// Throws invalid_input for what cannot be the name of a database or of its snapshot. The rules are
// narrower than those of other resources.
void require_database_name(const std::string& name);

// Throws invalid_input for a masterDatabaseName or masterUsername of `input` that the engine
// refuses.
void require_master_names(const std::string& engine, const json& input);

}  // namespace papersail
