// What the actions on instances share.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// "running", "stopped", …
std::string state_of(const Resource& instance);

// Moves the instance to the first state of a change; its lifecycle does the rest.
void set_state(Resource& instance, const std::string& name);

// Throws operation_failure in any other state. `action` is what was to be done, "attach the disk".
void require_running_or_stopped(const Resource& instance, const std::string& action);

// Gives the instance another public address, or takes it away while it is stopped. A static IP
// stays as it is.
void renew_public_address(Call& call, Resource& instance);

bool is_windows(const Resource& instance);

}  // namespace papersail
