// What other families need of static IPs.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Frees the static IP of an instance that is being deleted, if it has one. The static IP stays.
void free_static_ip(Call& call, const Resource& instance);

}  // namespace papersail
