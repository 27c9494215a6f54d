// The add-ons of a resource.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns the instance or disk of this name; only these have add-ons and automatic snapshots.
// Throws not_found, or invalid_input for another type of resource.
Resource instance_or_disk(Call& call, const std::string& region, const std::string& name);

// Adds the add-ons that the input requests to a new instance of this blueprint, or to a new disk
// (then `blueprint` is an empty object). Throws invalid_input if the resource does not support one.
void add_requested_add_ons(const Call& call, Resource& resource,
                           const json& blueprint = json::object());

// Throws invalid_input if the resource has an enabled add-on and the call, which deletes the
// resource, does not set forceDeleteAddOns.
void require_add_ons_deletable(const Call& call, const Resource& resource);

}  // namespace papersail
