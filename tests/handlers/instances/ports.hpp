// An emulator for tests of the firewall, and rules for requests.
#pragma once

#include <string>
#include <vector>

#include "tests/support/emulator.hpp"

namespace papersail {

// Has an instance "web" with the rules of Ubuntu: 80/tcp and 22/tcp, open to all.
class Firewall : public Emulator {
 public:
  explicit Firewall(const std::string& ip_address_type = "dualstack") {
    call("CreateInstances", {{"instanceNames", {"web"}},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", ip_address_type == "ipv6" ? "nano_ipv6_3_0" : "nano_3_0"},
                             {"ipAddressType", ip_address_type}});
  }

  // Return the operation of <verb>InstancePublicPorts on "web".
  json open(const json& port_info) { return change("Open", {{"portInfo", port_info}}); }
  json close(const json& port_info) { return change("Close", {{"portInfo", port_info}}); }
  json put(const std::vector<json>& port_infos) {
    return change("Put", {{"portInfos", port_infos}});
  }
  // Return the error of these actions, which must fail.
  Refused refused_open(const json& port_info) {
    return refused("OpenInstancePublicPorts", {{"instanceName", "web"}, {"portInfo", port_info}});
  }
  Refused refused_put(const std::vector<json>& port_infos) {
    return refused("PutInstancePublicPorts", {{"instanceName", "web"}, {"portInfos", port_infos}});
  }
  // Returns the rules of GetInstancePortStates.
  json states() {
    return call("GetInstancePortStates", {{"instanceName", "web"}}).at("portStates");
  }
  // Returns networking.ports of the instance.
  json ports() {
    const json instance = call("GetInstance", {{"instanceName", "web"}}).at("instance");
    CHECK(call("GetInstances").at("instances") == json::array({instance}));
    return instance.at("networking").at("ports");
  }

 private:
  json change(const std::string& verb, json input) {
    input["instanceName"] = "web";
    return call(verb + "InstancePublicPorts", input).at("operation");
  }
};

// Returns a PortInfo without sources.
inline json range(int from, int to, const char* protocol) {
  return {{"fromPort", from}, {"toPort", to}, {"protocol", protocol}};
}

// Returns a PortInfo of one TCP port.
inline json port(int number) {
  return range(number, number, "tcp");
}

// Returns `port_info` with `sources` in its member `list`: cidrs, ipv6Cidrs or cidrListAliases.
inline json with(json port_info, const char* list, const std::vector<std::string>& sources) {
  port_info[list] = sources;
  return port_info;
}

}  // namespace papersail
