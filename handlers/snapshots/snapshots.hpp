// What manual snapshots of instances and of disks have in common.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The instance or disk of this name: what has add-ons and automatic snapshots. Throws not_found, or
// invalid_input for another type of resource.
Resource instance_or_disk(Call& call, const std::string& region, const std::string& name);

// The manual snapshot of either. Throws not_found, or invalid_input for a database's: those can be
// neither copied nor exported (documented).
Resource instance_or_disk_snapshot(Call& call, const std::string& region, const std::string& name);

// "InstanceSnapshot" or "DiskSnapshot": what is made of an instance or disk of this type.
std::string snapshot_type_of(const std::string& source_type);

// The disks of an instance beside its system disk, as they are, but for those made after `moment`;
// a disk has none.
json attached_disks(Call& call, const Resource& source, Millis moment);

// What a snapshot says of where it comes from: fromInstanceName, fromBundleId, sizeInGb, … of this
// instance or disk as it was at `moment`, or of the instance's system disk alone. As far as is
// known: what was changed or detached since is not remembered.
json origin_of(Call& call, const Resource& source, Millis moment);
json system_disk_origin(const Resource& instance);

// The origin that a snapshot has kept, for another one or for what is made of it. Throws
// operation_failure while the snapshot is not finished; `action` is what it cannot do then: "copy".
json kept_origin(const Resource& snapshot, const char* action);

// A new snapshot, pending, not stored yet. Throws invalid_input for a bad name, or one too many.
Resource new_snapshot(Call& call, const std::string& type, const std::string& name,
                      const json& origin);

// Stores a new snapshot of an instance or disk and answers as recorded: an operation on each, the
// other's name its details. Throws operation_failure while no snapshot can be taken of the source.
json take_snapshot(Call& call, const char* action, const Resource& source, const std::string& type,
                   const std::string& name, const json& origin);

// Deletes a snapshot, in whatever state it is, and answers with the operation.
json delete_snapshot(Call& call, const char* action, const Resource& snapshot);

}  // namespace papersail
