// How disks come to instances and leave them.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// The disk is on its way to the instance from now on; its lifecycle does the rest. Changes both
// documents and stores neither. `path` is one that the instance has free.
void begin_attachment(Resource& disk, Resource& instance, const std::string& path);

// Sends away all disks of an instance that is being deleted, whatever its state, and returns the
// operations of it: two a disk, DetachDisk both.
std::vector<json> detach_disks(Call& call, const Resource& instance);

}  // namespace papersail
