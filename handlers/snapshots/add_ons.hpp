// Add-ons as they stand on a resource.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// The entry of `addOns` that a request ({"addOnType", ...}) makes on a machine of this blueprint,
// or on a disk, which has none (an empty object). What the request leaves open stays as it is in
// `before`, the entry that is there. Throws invalid_input where the add-on does not go with the
// resource.
json new_add_on(const Call& call, const json& request, const json& blueprint,
                const json& before = json::object());

// Throws invalid_input if the resource has an add-on in force and the call, which deletes it, does
// not say forceDeleteAddOns.
void require_add_ons_deletable(const Call& call, const Resource& resource);

}  // namespace papersail
