// What new databases have in common, made from nothing or from a backup.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The type in the API's words.
constexpr const char* database_type = "RelationalDatabase";

// What a new database is made of.
struct DatabaseOrigin {
  // relationalDatabaseBlueprintId, engine, engineVersion, masterDatabaseName, masterUsername
  json settings;
  std::string password;
  std::string event;  // noted when the data is there (relational_database_events.hpp); may be empty
  json with;          // what the event's message leaves open
};

// A new database, stored, in its first state. Name, zone, windows, tags and publiclyAccessible come
// from the input. Throws invalid_input for what it cannot ask for.
Resource create_database(Call& call, const DatabaseOrigin& origin, const json& bundle);

}  // namespace papersail
