#include "handlers/instance_ports.hpp"
#include "handlers/actions.hpp"
namespace papersail {
json new_instance_ports(const json& default_ports, const std::string& ip_address_type) {
  json out = json::array();
  const bool v6 = ip_address_type != "ipv4", v4 = ip_address_type != "ipv6";
  for (json rule : default_ports) {
    rule.update({{"accessFrom", v6 && v4 ? "Anywhere (0.0.0.0/0 and ::/0)"
                                : v4     ? "Anywhere (0.0.0.0/0)"
                                         : "Anywhere (::/0)"},
                 {"accessType", "public"},
                 {"commonName", ""},
                 {"accessDirection", "inbound"},
                 {"cidrs", v4 ? json::array({"0.0.0.0/0"}) : json::array()},
                 {"ipv6Cidrs", v6 ? json::array({"::/0"}) : json::array()},
                 {"cidrListAliases", json::array()}});
    out.push_back(rule);
  }
  return out;
}
const std::span<const Action> instance_port_actions = {};
}  // namespace papersail
