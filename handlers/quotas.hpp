// How much of everything an account may have.
#pragma once

#include <cstdint>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Throws invalid_input, in the service's words, if `count_after` is more of `what` (a row of
// fixtures/quotas.json) than the account may have.
void require_quota(const Call& call, const std::string& what, std::int64_t count_after);

}  // namespace papersail
