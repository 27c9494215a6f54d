// Add-ons as they stand on a resource.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// The entry of `addOns` that a request ({"addOnType", ...}) makes on a new machine of this
// blueprint. Throws invalid_input where the add-on does not go with the machine.
json new_add_on(const Call& call, const json& request, const json& blueprint);

// Whether one of the resource's add-ons is in force, so that deleting it has to be forced.
bool has_active_add_on(const json& doc);

}  // namespace papersail
