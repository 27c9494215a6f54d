// The disks that an instance shows in its hardware.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Returns the IOPS of a disk of this size, system disk or not.
int iops_of(int size_in_gb);

// Returns the instance's document with the present state of its attached disks.
// The stored document has their state at attachment; tags, add-ons and lifecycles change it later.
Document with_disks(Call& call, Document instance);

// Returns the entry of the instance's system disk.
Document system_disk(const Resource& instance);

// Returns the instance's attached disks in their present state, in the order of attachment.
std::vector<Resource> disks_of(Call& call, const Resource& instance);

// Add the disk to the instance's document, or remove it.
void add_disk(Resource& instance, const Resource& disk);
void drop_disk(Resource& instance, const Resource& disk);

}  // namespace papersail
