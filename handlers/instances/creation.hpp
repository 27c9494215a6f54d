// How instances come to be, from a blueprint or from a snapshot.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Stores the new instances that a call names (instanceNames, availabilityZone, bundleId,
// ipAddressType, keyPairName, userData, addOns, tags), pending, in the order of their names. All or
// none: a name that is taken refuses the whole call. Throws not_found or invalid_input.
std::vector<Resource> new_instances(Call& call, const std::string& blueprint_id);

}  // namespace papersail
