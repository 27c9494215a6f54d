// What the actions on disks share.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// What a disk of this size can do, system disks included.
int iops_of(int size_in_gb);

// A disk that is pending, in this zone, with the tags of the input; not stored yet. Throws
// invalid_input for a zone, a size or a sum of sizes that the service refuses.
Resource new_disk(Call& call, const std::string& name, const std::string& availability_zone,
                  int size_in_gb);

// Gives a new disk the add-ons that the input asks for.
void give_disk_add_ons(const Call& call, Resource& disk);

// The refusal of an action ("attach") that the disk's present state forbids.
ApiError not_in_this_state(const std::string& action, const Resource& disk);

}  // namespace papersail
