// The firewall of instances.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// The rules of a new machine as GetInstance shows them (networking.ports), from a blueprint's
// default set [{fromPort, toPort, protocol}] (handlers/catalog.hpp: default_ports); open to all,
// over IPv6 too where `ip_address_type` ("dualstack", "ipv4", "ipv6") has it.
json new_instance_ports(const json& default_ports, const std::string& ip_address_type);

// Adapts the rules of an instance to a change of its address type: those that let anyone in do so
// over the family that it now speaks too, and no longer over the one that it lost. Sources that are
// named stay.
void follow_ip_address_type(json& ports, const std::string& from, const std::string& to);

}  // namespace papersail
