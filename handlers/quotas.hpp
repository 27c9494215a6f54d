// The quotas of an account.
#pragma once

#include <cstdint>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Throws invalid_input with the service's message if `count_after` exceeds the account's quota
// `what` (a row of fixtures/quotas.json).
void require_quota(const Call& call, const std::string& what, std::int64_t count_after);

// True if the account has this quota, so that the caller has to count.
bool has_quota(const Call& call, const std::string& what);

// Applies require_quota to `more` new resources of a type beside the region's existing ones. The
// type must have a row in fixtures/quotas.json.
void require_quota_for_new(const Call& call, const std::string& type, std::size_t more = 1);

// Reads a file such as {"Instance": 50, "StaticIp": null}; null means no limit. Throws
// std::invalid_argument for a file of another form and for unknown names.
Quotas load_quotas(const std::string& path);

}  // namespace papersail
