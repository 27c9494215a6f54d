// The health checks that GetInstance(s) show on request.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// The instance's document with instanceStatus and systemStatus: initializing for a while after a
// start, then ok; not-applicable while it does not run.
json with_health(const Call& call, const Resource& instance);

}  // namespace papersail
