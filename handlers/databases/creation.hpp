// The creation of managed databases, as new ones or from a backup.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The contents and settings of a new database.
struct DatabaseOrigin {
  // relationalDatabaseBlueprintId, engine, engineVersion, masterDatabaseName, masterUsername
  json settings;
  std::string password;
  std::string
      event;  // recorded when the data is ready (handlers/databases/events.hpp); may be empty
  json with;  // values for the placeholders of the event's message
};

// Stores and returns a new database in its first state. Name, zone, windows, tags and
// publiclyAccessible come from the input. Throws invalid_input for invalid values.
Resource create_database(Call& call, const DatabaseOrigin& origin, const json& bundle);

}  // namespace papersail
