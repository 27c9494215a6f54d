// IP addresses in the formats recorded from the service.
#pragma once

#include <string>

#include "state/ids.hpp"

namespace papersail {

// Returns an address from EC2's pool of the region, such as "3.80.12.200".
std::string public_ipv4(Ids& ids, const std::string& region);
// Returns an address from 172.26.0.0/16, the VPC of all Lightsail instances.
std::string private_ipv4(Ids& ids);
// Returns eight groups in lower case, never shortened: "2600:1f14:2153:4b00:7220:92c2:1c41:1f0f".
std::string public_ipv6(Ids& ids, const std::string& region);

}  // namespace papersail
