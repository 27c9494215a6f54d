// What holds in every account, whatever has been called.
#pragma once

#include "tests/support/emulator.hpp"

namespace papersail {

// For the region that the emulator acts in: disks and static IPs name their instances and the
// reverse, addresses are there when they should be, names are there once.
void check_invariants(Emulator& emulator);

// Nothing about the resource is still under way.
void check_at_rest(const Resource& resource);

}  // namespace papersail
