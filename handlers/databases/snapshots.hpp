// Snapshots of managed databases, made by an action of their own or by a stop or a deletion.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Stores and returns a new snapshot of the database in its first state. Throws invalid_input for an
// invalid name.
Resource create_snapshot(Call& call, const Resource& database, const std::string& name);

// Return the two operations of a snapshot, one on the snapshot and one on its database, each with
// the other's name as details. Each lasts until the state of its own resource is final.
json snapshot_of_snapshot(Call& call, const Resource& database, const Resource& snapshot);
json snapshot_of_database(Call& call, const Resource& database, const Resource& snapshot);

// Returns the snapshot that relationalDatabaseSnapshotName of the input names. Throws not_found, or
// operation_failure if it is not available; `action`, a verb, is for the message.
Resource available_snapshot(Call& call, const char* action);

}  // namespace papersail
