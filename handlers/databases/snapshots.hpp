// Snapshots of managed databases, asked for by themselves or when a database stops or goes.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// A new snapshot of the database, stored, in its first state. Throws invalid_input for a name that
// it cannot have.
Resource create_snapshot(Call& call, const Resource& database, const std::string& name);

// The two operations of a snapshot: the one on itself and the one on its database, each with the
// other's name for details. They last as long as the state that their resource is in.
json snapshot_of_snapshot(Call& call, const Resource& database, const Resource& snapshot);
json snapshot_of_database(Call& call, const Resource& database, const Resource& snapshot);

// The snapshot that the input names as relationalDatabaseSnapshotName, which must be available to
// be used as `action`, a verb, says. Throws not_found and operation_failure.
Resource available_snapshot(Call& call, const char* action);

}  // namespace papersail
