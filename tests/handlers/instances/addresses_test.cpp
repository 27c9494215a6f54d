#include <cstdio>
#include <set>

#include "tests/handlers/disks/disks.hpp"

namespace papersail {
namespace {

// Returns the numbers of "172.26.3.7".
std::vector<int> octets(const std::string& address) {
  std::vector<int> out(4);
  REQUIRE(std::sscanf(address.c_str(), "%d.%d.%d.%d", &out[0], &out[1], &out[2], &out[3]) == 4);
  return out;
}

// Returns the first four groups: "2600:1f14:2153:4b00".
std::string network_of(const json& instance) {
  std::string text = instance["ipv6Addresses"][0];
  for (int group = 0; group < 4; ++group) text.erase(text.rfind(':'));
  return text;
}

void check_in_zone(const json& instance, int zone) {
  const auto octet = octets(instance["privateIpAddress"]);
  CHECK(octet[0] == 172);
  CHECK(octet[1] == 26);
  const int host = octet[2] * 256 + octet[3] - zone * 4096;
  CHECK(host >= 4);  // the first four and the last address of a subnet are reserved
  CHECK(host < 4095);
}

json in_zone(const std::string& zone) {
  return {{"availabilityZone", zone}};
}

}  // namespace

TEST_CASE_FIXTURE(Machine, "CreateInstances: assigns addresses of the zone's subnets") {
  account().quotas["Instance"] = std::nullopt;
  const std::string first = network_of(instance());
  std::set<std::string> networks = {first};
  for (int zone = 0; zone < 6; ++zone) {
    const std::string name = "us-east-1" + std::string(1, static_cast<char>('a' + zone));
    launch(name, in_zone(name));
    check_in_zone(instance(name), zone);
    networks.insert(network_of(instance(name)));
    CHECK(network_of(instance(name)).substr(0, first.size() - 2) ==
          first.substr(0, first.size() - 2));
  }
  CHECK(networks.size() == 6);
  CHECK(first.ends_with("00"));
}

TEST_CASE_FIXTURE(Machine,
                  "CreateInstances: zones have subnets in the order of the region's list") {
  act_as("test", "ap-northeast-1");
  launch("second", in_zone("ap-northeast-1c"));
  check_in_zone(instance("second"), 1);
  CHECK(network_of(instance("second")).ends_with("01"));
}

TEST_CASE_FIXTURE(Machine, "CreateInstances: accounts and regions have networks of their own") {
  std::set<std::string> networks = {network_of(instance())};
  act_as("111111111111");
  launch("web");
  networks.insert(network_of(instance()));
  act_as("test", "us-east-2");
  launch("web", in_zone("us-east-2a"));
  networks.insert(network_of(instance()));
  CHECK(networks.size() == 3);
}

TEST_CASE_FIXTURE(Machine, "CreateInstances: gives no private address twice") {
  account().quotas["Instance"] = std::nullopt;
  std::set<json> addresses = {instance()["privateIpAddress"]};
  json names = json::array();
  for (int i = 0; i < 900; ++i) names.push_back(std::to_string(i + 10));
  launch("", {{"instanceNames", names}});
  for (const json& name : names) {
    CHECK(addresses.insert(instance(name)["privateIpAddress"]).second);
  }
}

TEST_CASE_FIXTURE(Machine,
                  "CreateInstancesFromSnapshot: assigns new addresses of the requested zone") {
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "shot"}});
  advance(hours(1));
  call("CreateInstancesFromSnapshot", {{"instanceNames", {"restored"}},
                                       {"instanceSnapshotName", "shot"},
                                       {"availabilityZone", "us-east-1c"},
                                       {"bundleId", "nano_3_0"}});
  check_in_zone(instance("restored"), 2);
  CHECK(instance("restored")["ipv6Addresses"] != instance()["ipv6Addresses"]);
}

TEST_CASE_FIXTURE(Machine, "SetIpAddressType: assigns another address of the same network") {
  const json before = instance();
  for (const char* type : {"ipv4", "dualstack"}) {
    call("SetIpAddressType",
         {{"resourceType", "Instance"}, {"resourceName", "web"}, {"ipAddressType", type}});
  }
  CHECK(instance()["ipv6Addresses"] != before["ipv6Addresses"]);
  CHECK(network_of(instance()) == network_of(before));
}

}  // namespace papersail
