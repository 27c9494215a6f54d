// Attaching disks to instances and detaching them.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Sets the disk to "attaching" and adds it to the instance; the lifecycle completes the attachment.
// Changes both documents and stores neither. `path` must be free on the instance.
void begin_attachment(Resource& disk, Resource& instance, const std::string& path);

// Detaches all disks of an instance that is being deleted, whatever its state. Returns two
// operations of type DetachDisk for each disk.
std::vector<json> detach_disks(Call& call, const Resource& instance);

}  // namespace papersail
