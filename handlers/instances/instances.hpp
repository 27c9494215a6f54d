// Functions shared by the actions on instances.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns the instance that instanceName of the input names. Throws not_found.
Resource instance_of(Call& call);

// Returns "running", "stopped", ...
std::string state_of(const Resource& instance);

// Sets the first state of a change; the lifecycle applies the states after it.
void set_state(Resource& instance, const std::string& name);

// Assigns a new public address to the instance, or removes it if the instance is stopped or
// stopping. Does not change a static IP.
void renew_public_address(Call& call, Resource& instance);

bool is_windows(const Resource& instance);

}  // namespace papersail
