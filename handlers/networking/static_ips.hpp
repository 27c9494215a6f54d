// The part of static IPs in the deletion of an instance.
#pragma once

#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Detaches the static IP, if any, of an instance that is being deleted. The static IP is kept.
// Returns no operations.
std::vector<json> free_static_ip(Call& call, const Resource& instance);

}  // namespace papersail
