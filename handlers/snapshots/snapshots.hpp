// Functions shared by manual snapshots of instances and of disks.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns the manual snapshot of an instance or disk. Throws not_found, or invalid_input for a
// snapshot of a database, which can be neither copied nor exported (documented).
Resource instance_or_disk_snapshot(Call& call, const std::string& region, const std::string& name);

// Return the manual snapshot that instanceSnapshotName or diskSnapshotName of the input names.
// Throw not_found.
Resource instance_snapshot_of(Call& call);
Resource disk_snapshot_of(Call& call);

// Returns "InstanceSnapshot" or "DiskSnapshot", the type of a snapshot of this source.
std::string snapshot_type_of(const std::string& source_type);

// Returns the present documents of the instance's attached disks, without the system disk and
// without disks created after `moment`. A disk has no attached disks.
json attached_disks(Call& call, const Resource& source, Millis moment);

// Returns the members of a snapshot that describe its source at `moment`: fromInstanceName,
// fromBundleId, sizeInGb, ... `system_disk_origin` does so for the system disk alone. Later changes
// and detachments are not recorded, so the result reflects the present configuration.
json origin_of(Call& call, const Resource& source, Millis moment);
json system_disk_origin(const Resource& instance);

// Returns the origin that a snapshot stores, for a copy or for a resource made from it. Throws
// operation_failure if the snapshot is not finished; `action` ("copy") is for the message.
json stored_origin(const Resource& snapshot, const char* action);

// Returns a new pending snapshot; does not store it. Throws invalid_input for an invalid name or if
// the quota is exceeded.
Resource new_snapshot(Call& call, const std::string& type, const std::string& name,
                      const json& origin);

// Stores a new snapshot of an instance or disk and returns the recorded response: one operation on
// the snapshot and one on its source, each with the other's name as details. Throws
// operation_failure if the state of the source does not allow a snapshot.
json take_snapshot(Call& call, const Resource& source, const std::string& type,
                   const std::string& name, const json& origin);

// Deletes a snapshot in any state and returns the response with the operation.
json delete_snapshot(Call& call, const Resource& snapshot);

}  // namespace papersail
