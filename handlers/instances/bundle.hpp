// The bundle changes that StartInstance and SetIpAddressType can make.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Moves a stopped instance to the bundle that attributeUpdates.bundleId asks for: "auto" (the
// newest generation of its size), a newer generation of its size, or the bundle that it had
// before. Does nothing when no bundle is asked for. Throws not_found or invalid_input.
void update_bundle(const Call& call, Resource& instance);

// Moves the instance to its bundle's twin for IPv6-only machines ("nano_3_0" to "nano_ipv6_3_0"),
// or, unless `only_ipv6`, back. Throws invalid_input where there is none.
void switch_bundle(const Call& call, Resource& instance, bool only_ipv6);

}  // namespace papersail
