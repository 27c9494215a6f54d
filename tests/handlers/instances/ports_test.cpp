#include "tests/handlers/instances/ports.hpp"

namespace papersail {

struct Ipv4Firewall : Firewall {
  Ipv4Firewall() : Firewall("ipv4") {}
};
struct Ipv6Firewall : Firewall {
  Ipv6Firewall() : Firewall("ipv6") {}
};

// Returns an element of GetInstancePortStates.
json state(const json& range, const std::vector<std::string>& cidrs,
           const std::vector<std::string>& ipv6_cidrs = {},
           const std::vector<std::string>& aliases = {}) {
  json out = range;
  out.update({{"state", "open"},
              {"cidrs", cidrs},
              {"ipv6Cidrs", ipv6_cidrs},
              {"cidrListAliases", aliases}});
  return out;
}

json open_to_all(const json& range) {
  return state(range, {"0.0.0.0/0"}, {"::/0"});
}

TEST_CASE_FIXTURE(Firewall,
                  "GetInstancePortStates: returns the blueprint's rules for a new instance") {
  CHECK(states() == json::array({open_to_all(port(80)), open_to_all(port(22))}));
  CHECK(ports()[0] == json({{"fromPort", 80},
                            {"toPort", 80},
                            {"protocol", "tcp"},
                            {"accessFrom", "Anywhere (0.0.0.0/0 and ::/0)"},
                            {"accessType", "public"},
                            {"commonName", ""},
                            {"accessDirection", "inbound"},
                            {"cidrs", {"0.0.0.0/0"}},
                            {"ipv6Cidrs", {"::/0"}},
                            {"cidrListAliases", json::array()}}));
}

TEST_CASE_FIXTURE(Ipv4Firewall,
                  "GetInstancePortStates: shows an IPv4 instance open over IPv4 only") {
  CHECK(states()[0] == state(port(80), {"0.0.0.0/0"}));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
}

TEST_CASE_FIXTURE(Ipv6Firewall,
                  "GetInstancePortStates: shows an IPv6 instance open over IPv6 only") {
  CHECK(states()[0] == state(port(80), {}, {"::/0"}));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (::/0)");
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: adds a rule at once and returns its range") {
  const json done = open(range(8000, 8010, "TCP"));
  CHECK(done["operationType"] == "OpenInstancePublicPorts");
  CHECK(done["operationDetails"] == "8000-8010/tcp");
  CHECK(done["resourceName"] == "web");
  CHECK(done["resourceType"] == "Instance");
  CHECK(done["status"] == "Succeeded");
  CHECK(done["isTerminal"] == true);
  CHECK(states() == json::array({open_to_all(port(80)), open_to_all(port(22)),
                                 open_to_all(range(8000, 8010, "tcp"))}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: adds sources to the rule with the same range") {
  put({with(port(22), "cidrs", {"198.51.100.0/24"})});
  open(with(port(22), "cidrs", {"192.0.2.44"}));
  open(with(port(22), "ipv6Cidrs", {"2001:db8::/32"}));
  open(with(port(22), "cidrs", {"192.0.2.44/32"}));
  CHECK(states() ==
        json::array({state(port(22), {"198.51.100.0/24", "192.0.2.44/32"}, {"2001:db8::/32"})}));
  CHECK(ports()[0]["accessFrom"] == "Custom");
  open(port(22));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0 and ::/0)");
  CHECK(ports()[0]["cidrs"].size() == 3);
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: keeps rules with overlapping ranges separate") {
  put({port(22)});
  open(range(20, 25, "tcp"));
  open(range(22, 22, "udp"));
  CHECK(states() == json::array({open_to_all(port(22)), open_to_all(range(20, 25, "tcp")),
                                 open_to_all(range(22, 22, "udp"))}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: opens only the family whose sources are given") {
  put({with(port(22), "cidrs", {"0.0.0.0/0"}), with(port(23), "ipv6Cidrs", {"::/0"})});
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
  CHECK(ports()[0]["ipv6Cidrs"].empty());
  CHECK(ports()[1]["accessFrom"] == "Anywhere (::/0)");
  CHECK(ports()[1]["cidrs"].empty());
}

TEST_CASE_FIXTURE(
    Firewall, "OpenInstancePublicPorts: shows Custom if only one family is open to all addresses") {
  json rule = with(port(22), "cidrs", {"0.0.0.0/0"});
  put({with(rule, "ipv6Cidrs", {"2001:db8::/32"})});
  CHECK(ports()[0]["accessFrom"] == "Custom");
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: treats empty lists of sources as no sources") {
  put({});
  json rule = port(443);
  for (const char* list : {"cidrs", "ipv6Cidrs", "cidrListAliases"}) rule[list] = json::array();
  open(rule);
  CHECK(states() == json::array({open_to_all(port(443))}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: accepts all without ports and returns it as -1") {
  put({});
  CHECK(open({{"protocol", "all"}})["operationDetails"] == "0-65535/all");
  CHECK(states() == json::array({open_to_all(range(0, 65535, "-1"))}));
  open(range(0, 65535, "ALL"));
  open(range(0, 65535, "-1"));
  open(range(80, 80, "all"));
  CHECK(states().size() == 1);
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: uses 0 for an omitted port") {
  put({{{"toPort", 65535}, {"protocol", "tcp"}}, {{"fromPort", 128}, {"protocol", "icmpv6"}}});
  CHECK(states() == json::array({open_to_all(range(0, 65535, "tcp")),
                                 state(range(128, 0, "icmpv6"), {}, {"::/0"})}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: opens ICMP and ICMPv6 for their own family only") {
  put({});
  CHECK(open(range(8, -1, "icmp"))["operationDetails"] == "8:-1/icmp");
  CHECK(open(range(-1, -1, "icmpv6"))["operationDetails"] == "-1/icmpv6");
  open(with(range(255, 255, "icmp"), "cidrs", {"10.0.0.0/8"}));
  CHECK(states() == json::array({state(range(8, -1, "icmp"), {"0.0.0.0/0"}),
                                 state(range(-1, -1, "icmpv6"), {}, {"::/0"}),
                                 state(range(255, 255, "icmp"), {"10.0.0.0/8"})}));
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: returns sources as CIDR blocks") {
  json rule = with(port(5432), "cidrs", {"192.0.2.44", "100.68.0.18/18"});
  put({with(rule, "ipv6Cidrs", {"2001:DB8:0::44"})});
  CHECK(states() ==
        json::array({state(port(5432), {"192.0.2.44/32", "100.68.0.0/18"}, {"2001:db8::44/128"})}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: accepts lightsail-connect in rules for SSH and RDP") {
  put({});
  for (const json& rule : {port(22), port(3389), range(0, 1023, "tcp"), range(0, 65535, "all")}) {
    open(with(rule, "cidrListAliases", {"lightsail-connect"}));
  }
  CHECK(states()[0] == state(port(22), {}, {}, {"lightsail-connect"}));
  CHECK(ports()[0]["accessFrom"] == "Custom");
  CHECK(states().size() == 4);
}

TEST_CASE_FIXTURE(Ipv4Firewall,
                  "OpenInstancePublicPorts: keeps IPv6 sources for an instance without IPv6") {
  put({with(port(22), "ipv6Cidrs", {"::/0"}), range(-1, -1, "icmpv6")});
  CHECK(states() ==
        json::array({state(port(22), {}, {"::/0"}), state(range(-1, -1, "icmpv6"), {}, {"::/0"})}));
}

TEST_CASE_FIXTURE(Ipv6Firewall,
                  "OpenInstancePublicPorts: keeps IPv4 sources for an instance without IPv4") {
  put({with(port(22), "cidrs", {"0.0.0.0/0"}), range(8, -1, "icmp")});
  CHECK(states() ==
        json::array({state(port(22), {"0.0.0.0/0"}), state(range(8, -1, "icmp"), {"0.0.0.0/0"})}));
}

TEST_CASE_FIXTURE(Firewall,
                  "PutInstancePublicPorts: replaces all rules and returns the new ranges") {
  const json done = put({port(443), with(range(51820, 51821, "udp"), "cidrs", {"10.0.0.0/8"})});
  CHECK(done["operationType"] == "PutInstancePublicPorts");
  CHECK(done["operationDetails"] == "443/tcp, 51820-51821/udp");
  CHECK(done["status"] == "Succeeded");
  CHECK(states() ==
        json::array({open_to_all(port(443)), state(range(51820, 51821, "udp"), {"10.0.0.0/8"})}));
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: closes all ports with an empty list") {
  CHECK(!put({}).contains("operationDetails"));
  CHECK(states() == json::array());
  CHECK(ports() == json::array());
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: merges entries with the same range") {
  put({with(port(22), "cidrs", {"10.0.0.0/8"}), with(port(22), "cidrs", {"192.0.2.0/24"}),
       with(port(22), "cidrListAliases", {"lightsail-connect"})});
  CHECK(states() ==
        json::array({state(port(22), {"10.0.0.0/8", "192.0.2.0/24"}, {}, {"lightsail-connect"})}));
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: accepts the rules of GetInstancePortStates") {
  json rule = with(port(22), "cidrs", {"10.0.0.0/8"});
  put({with(rule, "cidrListAliases", {"lightsail-connect"}),
       range(8, -1, "icmp"),
       range(128, 0, "icmpv6"),
       {{"protocol", "all"}}});
  const json before = states();
  put(before);
  CHECK(states() == before);
}

TEST_CASE_FIXTURE(Firewall,
                  "CloseInstancePublicPorts: removes the whole rule when no sources are given") {
  open(with(port(22), "cidrs", {"192.0.2.44"}));
  const json done = close({{"fromPort", 22}, {"toPort", 22}, {"protocol", "TCP"}});
  CHECK(done["operationType"] == "CloseInstancePublicPorts");
  CHECK(done["operationDetails"] == "22/tcp");
  CHECK(done["status"] == "Succeeded");
  CHECK(states() == json::array({open_to_all(port(80))}));
}

TEST_CASE_FIXTURE(Firewall,
                  "CloseInstancePublicPorts: closes the range whatever sources it names") {
  put({with(port(22), "cidrs", {"10.0.0.0/8"})});
  open(with(port(22), "cidrs", {"192.0.2.44"}));
  close(with(port(22), "cidrs", {"198.51.100.0/24"}));
  CHECK(ports() == json::array());
  open(port(80));
  close(with(port(80), "ipv6Cidrs", {"::/0"}));
  CHECK(ports() == json::array());
}

TEST_CASE_FIXTURE(
    Firewall, "CloseInstancePublicPorts: closes every rule that GetInstancePortStates returns") {
  put({port(80),
       range(8, -1, "icmp"),
       range(128, 0, "icmpv6"),
       {{"protocol", "all"}},
       with(port(22), "cidrListAliases", {"lightsail-connect"})});
  for (const json& state : states()) close(state);
  CHECK(states() == json::array());
}

TEST_CASE_FIXTURE(Firewall,
                  "CloseInstancePublicPorts: changes nothing for a rule that is not open") {
  const json before = ports();
  CHECK(close(port(3389))["status"] == "Succeeded");
  close(range(22, 22, "udp"));
  close(range(20, 25, "tcp"));
  CHECK(ports() == before);
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: changes rules in every state and keeps them") {
  json rules = states();
  const auto open_in = [&](const char* state, int number) {
    CHECK(call("GetInstanceState", {{"instanceName", "web"}})["state"]["name"] == state);
    open(port(number));
    rules.push_back(open_to_all(port(number)));
    CHECK(states() == rules);
  };
  open_in("pending", 1);
  advance(minutes(1));
  open_in("running", 2);
  call("StopInstance", {{"instanceName", "web"}});
  open_in("stopping", 3);
  advance(minutes(1));
  open_in("stopped", 4);
  call("StartInstance", {{"instanceName", "web"}});
  advance(minutes(1));
  CHECK(states() == rules);
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: stores its operation in the history") {
  const json done = open(port(443));
  CHECK(done["location"]["availabilityZone"] == "us-east-1a");
  CHECK(call("GetOperation", {{"operationId", done["id"]}})["operation"] == done);
  const json history = call("GetOperationsForResource", {{"resourceName", "web"}})["operations"];
  CHECK(history[0] == done);
  CHECK(history.size() == 2);
  refused_open(range(443, 80, "tcp"));
  CHECK(call("GetOperations")["operations"].size() == 2);
}

TEST_CASE_FIXTURE(Firewall, "GetInstancePortStates: returns the rules of each instance") {
  call("CreateInstances", {{"instanceNames", {"db"}},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "windows_server_2022"},
                           {"bundleId", "small_win_3_0"}});
  put({});
  const json rules = call("GetInstancePortStates", {{"instanceName", "db"}})["portStates"];
  CHECK(rules ==
        json::array({open_to_all(port(80)), open_to_all(port(22)), open_to_all(port(3389))}));
}

}  // namespace papersail
