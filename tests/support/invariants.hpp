// Invariants of every account, after any sequence of calls.
#pragma once

#include "tests/support/emulator.hpp"

namespace papersail {

// Checks, in the emulator's region, that disks, static IPs and their instances name each other,
// that instances have the addresses of their states, and that names are unique.
void check_invariants(Emulator& emulator);

// Checks that the resource has no transition or change in progress.
void check_settled(const Resource& resource);

}  // namespace papersail
