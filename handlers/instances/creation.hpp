// The creation of instances from a blueprint or from a snapshot.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Stores the new instances that a call requests (instanceNames, availabilityZone, bundleId,
// ipAddressType, keyPairName, userData, addOns, tags) as pending, in the order of their names.
// Creates all or none: a name already in use fails the whole call. Throws not_found or
// invalid_input.
std::vector<Resource> new_instances(Call& call, const std::string& blueprint_id);

}  // namespace papersail
