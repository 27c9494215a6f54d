// What new databases have in common, made from nothing or from a backup.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The type in the API's words.
constexpr const char* database_type = "RelationalDatabase";

// A new database, stored, in its first state. `origin` has what it is made of:
// relationalDatabaseBlueprintId, engine, engineVersion, masterDatabaseName, masterUsername.
// The rest comes from the input: name, zone, windows, tags, publiclyAccessible. Throws
// invalid_input for what the input cannot ask for.
Resource create_database(Call& call, const json& origin, const json& bundle,
                         const std::string& password);

// When a database that is being created has all its data; what follows is its first backup.
Millis made_at(const Call& call, const Resource& database);

}  // namespace papersail
