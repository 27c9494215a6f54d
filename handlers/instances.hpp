// What the actions on instances share.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// "running", "stopped", …
std::string state_of(const Resource& instance);

// Moves the instance to the first state of a change; its lifecycle does the rest.
void set_state(Resource& instance, const std::string& name);

bool is_windows(const Resource& instance);

}  // namespace papersail
