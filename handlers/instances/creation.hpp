// The creation of instances from a blueprint or from a snapshot.
#pragma once

#include <vector>

#include "handlers/call.hpp"
#include "text/json.hpp"

namespace papersail {

// Throws invalid_input for an invalid availabilityZone or userData, or without instanceNames.
void require_valid_creation(const Call& call);

// Stores the new instances that a call requests (instanceNames, availabilityZone, bundleId,
// ipAddressType, keyPairName, userData, addOns, tags) as pending, in the order of their names.
// Creates all or none: a name already in use fails the whole call. Throws not_found or
// invalid_input. The caller has checked the input with `require_valid_creation`.
std::vector<Resource> new_instances(Call& call, const json& blueprint, const json& bundle);

}  // namespace papersail
