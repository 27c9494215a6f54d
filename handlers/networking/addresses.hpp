// IP addresses in the recorded forms.
#pragma once

#include <string>

#include "state/ids.hpp"

namespace papersail {

// Out of EC2's pool of the region, as "3.80.12.200".
std::string public_ipv4(Ids& ids, const std::string& region);
// Out of the VPC of all Lightsail machines, 172.26.0.0/16.
std::string private_ipv4(Ids& ids);
// Eight groups, lower case, never shortened: "2600:1f14:2153:4b00:7220:92c2:1c41:1f0f".
std::string public_ipv6(Ids& ids, const std::string& region);

}  // namespace papersail
