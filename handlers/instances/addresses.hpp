// IP addresses in the formats recorded from the service.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns an address from EC2's pool of the region, such as "3.80.12.200".
std::string public_ipv4(Ids& ids, const std::string& region);
// Returns the address of the next new resource, from the zone's part of 172.26.0.0/16, the VPC of
// the account's instances in the region. It repeats after 4,091 resources.
std::string private_ipv4(Call& call, const std::string& zone);
// Returns an address of the account's network in the zone: eight groups in lower case, never
// shortened, without leading zeros: "2600:1f14:2153:4b00:7220:92c2:1c41:f0f".
std::string public_ipv6(Call& call, const std::string& zone);

}  // namespace papersail
