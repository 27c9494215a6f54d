// The bundle changes that StartInstance and SetIpAddressType can make.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Moves a stopped instance to the bundle in attributeUpdates.bundleId: "auto" (the newest
// generation of the same size), a newer generation of the same size, or the instance's previous
// bundle. Does nothing if the input has no such member. Throws not_found or invalid_input.
void update_bundle(const Call& call, Resource& instance);

// Moves the instance to the corresponding bundle for IPv6-only instances ("nano_3_0" to
// "nano_ipv6_3_0") if `only_ipv6`, or back if not. Throws invalid_input if there is no such bundle.
void switch_bundle(const Call& call, Resource& instance, bool only_ipv6);

}  // namespace papersail
