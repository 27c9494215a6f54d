// What manual snapshots of instances and of disks have in common.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// "InstanceSnapshot" or "DiskSnapshot": what is made of an instance or disk of this type.
std::string snapshot_type_of(const std::string& source_type);

// The disks of an instance but for its system disk, as it shows them; a disk has none.
json attached_disks(const Resource& source);

// What a snapshot says of where it comes from: fromInstanceName, fromBundleId, sizeInGb, … as taken
// now of this instance or disk, or of the instance's system disk alone.
json origin_of(const Resource& source);
json system_disk_origin(const Resource& instance);

// The origin that a snapshot has kept, for another one or for what is made of it. Throws
// operation_failure while the snapshot is not finished; `action` is what it cannot do then: "copy".
json kept_origin(const Resource& snapshot, const char* action);

// A new snapshot, pending, not stored yet. Throws invalid_input for a bad name.
Resource new_snapshot(Call& call, const std::string& type, const std::string& name,
                      const json& origin);

// Stores a new snapshot of an instance or disk and answers as recorded: an operation on each, the
// other's name its details. Throws operation_failure while no snapshot can be taken of the source.
json take_snapshot(Call& call, const char* action, const Resource& source, const std::string& type,
                   const std::string& name, const json& origin);

// Deletes a snapshot, in whatever state it is, and answers with the operation.
json delete_snapshot(Call& call, const char* action, const Resource& snapshot);

}  // namespace papersail
