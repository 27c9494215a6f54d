// The request that `fault add` sends.
#pragma once

#include "cli/invocation.hpp"

namespace papersail {

// Returns the fault that the arguments describe, for the control API. Throws UsageError.
json fault_request(const Invocation& invocation);

}  // namespace papersail
