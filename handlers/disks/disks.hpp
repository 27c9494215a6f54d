// Functions shared by the actions on disks.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns the disk that diskName of the input names. Throws not_found.
Resource disk_of(Call& call);

// Returns a new pending disk in this zone with the tags of the input; does not store it. Throws
// invalid_input for an invalid zone or size, or if a quota is exceeded.
Resource new_disk(Call& call, const std::string& name, const std::string& availability_zone,
                  int size_in_gb);

}  // namespace papersail
