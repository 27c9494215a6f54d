// How much of everything an account may have.
#pragma once

#include <cstdint>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Throws invalid_input, in the service's words, if `count_after` is more of `what` (a row of
// fixtures/quotas.json) than the account may have.
void require_quota(const Call& call, const std::string& what, std::int64_t count_after);

// The same for `more` resources of a type that has such a row, beside those of this region.
void require_quota_for_new(const Call& call, const std::string& type, std::size_t more = 1);

// From a file such as {"Instance": 50, "StaticIp": null}, null for no limit. Throws
// std::invalid_argument for a file that is not like this, and for names that have no row.
Quotas load_quotas(const std::string& path);

}  // namespace papersail
