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

// Whether one of the resource's add-ons is in force, so that deleting it has to be forced.
bool has_active_add_on(const json& doc);

}  // namespace papersail
