// The add-ons of a resource.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Returns the list `addOns` for the requests in the call's input, [{"addOnType", ...}], on a new
// instance of this blueprint. Throws invalid_input if the resource does not support an add-on or if
// one is given twice.
json new_add_ons(const Call& call, const json& blueprint);

// Throws invalid_input if the resource has an enabled add-on and the call, which deletes the
// resource, does not set forceDeleteAddOns.
void require_add_ons_deletable(const Call& call, const Resource& resource);

}  // namespace papersail
