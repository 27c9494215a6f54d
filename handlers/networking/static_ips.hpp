// The function on static IPs that handlers of other resources use.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Detaches the static IP, if any, of an instance that is being deleted. The static IP is kept.
void free_static_ip(Call& call, const Resource& instance);

}  // namespace papersail
