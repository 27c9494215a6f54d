// Invariants of every account, after any sequence of calls.
#pragma once

#include "tests/support/emulator.hpp"

namespace papersail {

// Whether operations may have failed.
enum class Failures { none, possible };

// Checks, in the emulator's region, that disks, static IPs and their instances name each other,
// that instances have the addresses of their states, and that names are unique.
//
// Where operations may have failed, an instance may have a public address while it is stopped: its
// static IP was detached while it was starting, and then the start failed.
void check_invariants(Emulator& emulator, Failures failures = Failures::none);

// Checks that the resource has no transition or change in progress.
void check_settled(const Resource& resource, Failures failures = Failures::none);

}  // namespace papersail
