// The creation of instances from a blueprint or from a snapshot.
#pragma once

#include <vector>

#include "handlers/call.hpp"
#include "text/json.hpp"

namespace papersail {

// Stores the new instances that a call requests (instanceNames, availabilityZone, bundleId,
// ipAddressType, keyPairName, userData, addOns, tags) as pending, in the order of their names.
// Creates all or none: a name already in use fails the whole call. Throws not_found or
// invalid_input. The caller has looked up the blueprint and the bundle.
std::vector<Resource> new_instances(Call& call, const json& blueprint, const json& bundle);

}  // namespace papersail
