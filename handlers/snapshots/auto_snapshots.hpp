// The functions on automatic snapshots that handlers of other resources use.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// True if an automatic snapshot of this instance or disk is being created now.
bool auto_snapshot_in_progress(const Call& call, const Resource& source);

// True if the call selects an automatic snapshot, by `resource_member` and either restoreDate or
// useLatestRestorableAutoSnapshot; false if it selects a manual one by `snapshot_member`. Throws
// invalid_input for any other combination.
bool uses_auto_snapshot(const Call& call, const char* snapshot_member, const char* resource_member);

// Returns the origin (snapshots.hpp) of the automatic snapshot of `source` that the call selects.
// Throws not_found, invalid_input, or operation_failure if that snapshot is not finished or has
// failed.
json auto_snapshot_origin(Call& call, const Resource& source);

}  // namespace papersail
