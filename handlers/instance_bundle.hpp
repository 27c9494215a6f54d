// The bundle change that StartInstance can make.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// Moves a stopped instance to the bundle that attributeUpdates.bundleId asks for: "auto" (the
// newest generation of its size), a newer generation of its size, or the bundle that it had
// before. Does nothing when no bundle is asked for. Throws not_found or invalid_input.
void update_bundle(const Call& call, Resource& instance);

}  // namespace papersail
