// The health checks that GetInstance and GetInstances show on request.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Returns the instance's document with instanceStatus and systemStatus: initializing for a while
// after a start, then ok; not-applicable if the instance is not running.
Document with_health(const Call& call, const Resource& instance);

}  // namespace papersail
