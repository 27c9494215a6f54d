// The disks that an instance shows in its hardware, beside the system disk.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// An instance's document holds its disks as they were when they were attached. This is the
// document, ready or not, with the disks as they are: tags, add-ons and lifecycles change them.
json with_disks(Call& call, json instance);

// The disks of the instance as they are, in the order of their attachment.
std::vector<Resource> disks_of(Call& call, const Resource& instance);

// Adds the disk to the instance's document, or takes it out.
void add_disk(Resource& instance, const Resource& disk);
void drop_disk(Resource& instance, const Resource& disk);

}  // namespace papersail
