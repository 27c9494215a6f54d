// Automatic snapshots, as the actions on other resources use them.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Whether one of this instance or disk is being made now.
bool auto_snapshot_in_progress(const Call& call, const Resource& source);

// Whether the call names an automatic snapshot, by `resource_member` and either restoreDate or
// useLatestRestorableAutoSnapshot, rather than a manual one by `snapshot_member`. Throws
// invalid_input unless it is exactly one of these.
bool uses_auto_snapshot(const Call& call, const char* snapshot_member, const char* resource_member);

// The origin (snapshots.hpp) of the automatic snapshot of `source` that the call names. Throws
// not_found, invalid_input, or operation_failure while that one is not finished.
json auto_snapshot_origin(Call& call, const Resource& source);

}  // namespace papersail
