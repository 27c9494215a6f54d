// The firewall of instances.
#pragma once

#include <string>

#include "text/document.hpp"
#include "text/json.hpp"

namespace papersail {

// Returns the rules of a new instance of this blueprint as GetInstance shows them
// (networking.ports), as raw JSON. They are open to all addresses of the families in
// `ip_address_type` ("dualstack", "ipv4", "ipv6").
json new_instance_ports(const json& blueprint, const std::string& ip_address_type);

// Adapts the rules of an instance to a change of its address type: a rule that is open to all
// addresses is opened to all of a new family and closed to those of a removed one. Other sources do
// not change.
void follow_ip_address_type(Document& instance, const std::string& from, const std::string& to);

}  // namespace papersail
