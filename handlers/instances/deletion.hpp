// The work of other families when an instance is deleted.
#pragma once

#include <span>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Detaches the resources of one family from an instance that is being deleted, whatever its state.
// Returns the operations to show, if any.
using InstanceDetachment = std::vector<json> (*)(Call& call, const Resource& instance);

// The functions of all families, in the order of their operations. Their table is outside of this
// folder, because the families depend on instances and not the reverse.
extern const std::span<const InstanceDetachment> instance_detachments;

}  // namespace papersail
