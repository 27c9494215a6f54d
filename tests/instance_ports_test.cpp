#include "tests/emulator.hpp"

namespace papersail {

// An emulator with a machine "web" that has the rules of Ubuntu: 80/tcp and 22/tcp, open to all.
class Firewall : public Emulator {
 public:
  explicit Firewall(const std::string& ip_address_type = "dualstack") {
    call("CreateInstances", {{"instanceNames", {"web"}},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", ip_address_type == "ipv6" ? "nano_ipv6_3_0" : "nano_3_0"},
                             {"ipAddressType", ip_address_type}});
  }

  json open(const json& port_info) { return change("Open", {{"portInfo", port_info}}); }
  json close(const json& port_info) { return change("Close", {{"portInfo", port_info}}); }
  json put(const std::vector<json>& port_infos) {
    return change("Put", {{"portInfos", port_infos}});
  }
  Refused refused_open(const json& port_info) {
    return refused("OpenInstancePublicPorts", {{"instanceName", "web"}, {"portInfo", port_info}});
  }
  Refused refused_put(const std::vector<json>& port_infos) {
    return refused("PutInstancePublicPorts", {{"instanceName", "web"}, {"portInfos", port_infos}});
  }
  json states() {
    return call("GetInstancePortStates", {{"instanceName", "web"}}).at("portStates");
  }
  // networking.ports of the instance.
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

struct Ipv4Firewall : Firewall {
  Ipv4Firewall() : Firewall("ipv4") {}
};
struct Ipv6Firewall : Firewall {
  Ipv6Firewall() : Firewall("ipv6") {}
};

json range(int from, int to, const char* protocol) {
  return {{"fromPort", from}, {"toPort", to}, {"protocol", protocol}};
}

json port(int number) {
  return range(number, number, "tcp");
}

json with(json port_info, const char* list, const std::vector<std::string>& sources) {
  port_info[list] = sources;
  return port_info;
}

// An element of GetInstancePortStates.
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

std::vector<std::string> addresses(int count) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) out.push_back("192.0.2." + std::to_string(i) + "/32");
  return out;
}

TEST_CASE_FIXTURE(Firewall, "GetInstancePortStates: a new machine has its blueprint's rules") {
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

TEST_CASE_FIXTURE(Ipv4Firewall, "GetInstancePortStates: an IPv4 machine is open over IPv4 alone") {
  CHECK(states()[0] == state(port(80), {"0.0.0.0/0"}));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
}

TEST_CASE_FIXTURE(Ipv6Firewall, "GetInstancePortStates: an IPv6 machine is open over IPv6 alone") {
  CHECK(states()[0] == state(port(80), {}, {"::/0"}));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (::/0)");
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: adds a rule, at once, and says which") {
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

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: the sources of a range add up") {
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

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: ranges that overlap are rules of their own") {
  put({port(22)});
  open(range(20, 25, "tcp"));
  open(range(22, 22, "udp"));
  CHECK(states() == json::array({open_to_all(port(22)), open_to_all(range(20, 25, "tcp")),
                                 open_to_all(range(22, 22, "udp"))}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: a rule that names one family is shut to the other") {
  put({with(port(22), "cidrs", {"0.0.0.0/0"}), with(port(23), "ipv6Cidrs", {"::/0"})});
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
  CHECK(ports()[0]["ipv6Cidrs"].empty());
  CHECK(ports()[1]["accessFrom"] == "Anywhere (::/0)");
  CHECK(ports()[1]["cidrs"].empty());
}

TEST_CASE_FIXTURE(
    Firewall,
    "OpenInstancePublicPorts: open over one family, restricted over the other, is Custom") {
  json rule = with(port(22), "cidrs", {"0.0.0.0/0"});
  put({with(rule, "ipv6Cidrs", {"2001:db8::/32"})});
  CHECK(ports()[0]["accessFrom"] == "Custom");
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: empty lists of sources are no sources") {
  put({});
  json rule = port(443);
  for (const char* list : {"cidrs", "ipv6Cidrs", "cidrListAliases"}) rule[list] = json::array();
  open(rule);
  CHECK(states() == json::array({open_to_all(port(443))}));
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: all needs no ports and is read back as -1") {
  put({});
  CHECK(open({{"protocol", "all"}})["operationDetails"] == "0-65535/all");
  CHECK(states() == json::array({open_to_all(range(0, 65535, "-1"))}));
  open(range(0, 65535, "ALL"));
  open(range(0, 65535, "-1"));
  open(range(80, 80, "all"));
  CHECK(states().size() == 1);
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: one port that is left out is 0") {
  put({{{"toPort", 65535}, {"protocol", "tcp"}}, {{"fromPort", 128}, {"protocol", "icmpv6"}}});
  CHECK(states() == json::array({open_to_all(range(0, 65535, "tcp")),
                                 state(range(128, 0, "icmpv6"), {}, {"::/0"})}));
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: ICMP has a protocol for each family") {
  put({});
  CHECK(open(range(8, -1, "icmp"))["operationDetails"] == "8:-1/icmp");
  CHECK(open(range(-1, -1, "icmpv6"))["operationDetails"] == "-1/icmpv6");
  open(with(range(255, 255, "icmp"), "cidrs", {"10.0.0.0/8"}));
  CHECK(states() == json::array({state(range(8, -1, "icmp"), {"0.0.0.0/0"}),
                                 state(range(-1, -1, "icmpv6"), {}, {"::/0"}),
                                 state(range(255, 255, "icmp"), {"10.0.0.0/8"})}));
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: sources are read back as CIDR blocks") {
  json rule = with(port(5432), "cidrs", {"192.0.2.44", "100.68.0.18/18"});
  put({with(rule, "ipv6Cidrs", {"2001:DB8:0::44"})});
  CHECK(states() ==
        json::array({state(port(5432), {"192.0.2.44/32", "100.68.0.0/18"}, {"2001:db8::44/128"})}));
}

TEST_CASE_FIXTURE(Firewall,
                  "OpenInstancePublicPorts: lightsail-connect goes with rules for SSH and RDP") {
  put({});
  for (const json& rule : {port(22), port(3389), range(0, 1023, "tcp"), range(0, 65535, "all")}) {
    open(with(rule, "cidrListAliases", {"lightsail-connect"}));
  }
  CHECK(states()[0] == state(port(22), {}, {}, {"lightsail-connect"}));
  CHECK(ports()[0]["accessFrom"] == "Custom");
  CHECK(states().size() == 4);
}

TEST_CASE_FIXTURE(
    Ipv4Firewall,
    "OpenInstancePublicPorts: named IPv6 sources are kept for a machine without IPv6") {
  put({with(port(22), "ipv6Cidrs", {"::/0"}), range(-1, -1, "icmpv6")});
  CHECK(states() ==
        json::array({state(port(22), {}, {"::/0"}), state(range(-1, -1, "icmpv6"), {}, {"::/0"})}));
}

TEST_CASE_FIXTURE(
    Ipv6Firewall,
    "OpenInstancePublicPorts: named IPv4 sources are kept for a machine without IPv4") {
  put({with(port(22), "cidrs", {"0.0.0.0/0"}), range(8, -1, "icmp")});
  CHECK(states() ==
        json::array({state(port(22), {"0.0.0.0/0"}), state(range(8, -1, "icmp"), {"0.0.0.0/0"})}));
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: replaces all rules and names the new ones") {
  const json done = put({port(443), with(range(51820, 51821, "udp"), "cidrs", {"10.0.0.0/8"})});
  CHECK(done["operationType"] == "PutInstancePublicPorts");
  CHECK(done["operationDetails"] == "443/tcp, 51820-51821/udp");
  CHECK(done["status"] == "Succeeded");
  CHECK(states() ==
        json::array({open_to_all(port(443)), state(range(51820, 51821, "udp"), {"10.0.0.0/8"})}));
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: an empty list closes everything") {
  CHECK(!put({}).contains("operationDetails"));
  CHECK(states() == json::array());
  CHECK(ports() == json::array());
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: entries for one range are one rule") {
  put({with(port(22), "cidrs", {"10.0.0.0/8"}), with(port(22), "cidrs", {"192.0.2.0/24"}),
       with(port(22), "cidrListAliases", {"lightsail-connect"})});
  CHECK(states() ==
        json::array({state(port(22), {"10.0.0.0/8", "192.0.2.0/24"}, {}, {"lightsail-connect"})}));
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: what was read can be put back") {
  json rule = with(port(22), "cidrs", {"10.0.0.0/8"});
  put({with(rule, "cidrListAliases", {"lightsail-connect"}),
       range(8, -1, "icmp"),
       range(128, 0, "icmpv6"),
       {{"protocol", "all"}}});
  const json before = states();
  put(before);
  CHECK(states() == before);
}

TEST_CASE_FIXTURE(Firewall, "CloseInstancePublicPorts: without sources the rule goes whole") {
  open(with(port(22), "cidrs", {"192.0.2.44"}));
  const json done = close({{"fromPort", 22}, {"toPort", 22}, {"protocol", "TCP"}});
  CHECK(done["operationType"] == "CloseInstancePublicPorts");
  CHECK(done["operationDetails"] == "22/tcp");
  CHECK(done["status"] == "Succeeded");
  CHECK(states() == json::array({open_to_all(port(80))}));
}

TEST_CASE_FIXTURE(Firewall, "CloseInstancePublicPorts: with sources only they lose access") {
  put({with(port(22), "cidrs", {"10.0.0.0/8"})});
  const json before = ports();
  open(with(port(22), "cidrs", {"192.0.2.44"}));
  close(with(port(22), "cidrs", {"192.0.2.44/32"}));
  CHECK(ports() == before);
  close(with(port(22), "cidrs", {"10.0.0.0/8"}));
  CHECK(ports() == json::array());
}

TEST_CASE_FIXTURE(Firewall, "CloseInstancePublicPorts: closing one family leaves the other") {
  close(with(port(80), "ipv6Cidrs", {"::/0"}));
  CHECK(ports()[0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
}

TEST_CASE_FIXTURE(Firewall, "CloseInstancePublicPorts: closes every rule by what was read of it") {
  put({port(80),
       range(8, -1, "icmp"),
       range(128, 0, "icmpv6"),
       {{"protocol", "all"}},
       with(port(22), "cidrListAliases", {"lightsail-connect"})});
  for (const json& state : states()) close(state);
  CHECK(states() == json::array());
}

TEST_CASE_FIXTURE(Firewall, "CloseInstancePublicPorts: what is not open is closed already") {
  const json before = ports();
  CHECK(close(port(3389))["status"] == "Succeeded");
  close(range(22, 22, "udp"));
  close(range(20, 25, "tcp"));
  close(with(port(22), "cidrs", {"192.0.2.44"}));
  CHECK(ports() == before);
}

struct BadRule {
  json port_info;
  const char* message;
};

const BadRule bad_rules[] = {
    {{{"fromPort", 22}, {"toPort", 22}},
     "The protocol is missing. It must be one of tcp, udp, icmp, icmpv6, all."},
    {range(22, 22, "sctp"),
     "The protocol \"sctp\" is not valid. It must be one of tcp, udp, icmp, icmpv6, all."},
    {{{"protocol", "tcp"}},
     "fromPort and toPort are missing. The protocol tcp needs them; only all can leave them out."},
    {{{"protocol", "ICMP"}},
     "fromPort and toPort are missing. The protocol icmp needs them; only all can leave them out."},
    {{{"fromPort", 80}, {"protocol", "tcp"}},
     "The port range 80-0 is not valid. fromPort must not be greater than toPort; one that is "
     "left out is 0."},
    {range(443, 80, "udp"),
     "The port range 443-80 is not valid. fromPort must not be greater than toPort; one that is "
     "left out is 0."},
    {range(-1, 80, "tcp"),
     "The fromPort -1 is not valid. Ports of the protocol tcp are 0 to 65535."},
    {range(0, -1, "udp"), "The toPort -1 is not valid. Ports of the protocol udp are 0 to 65535."},
    {range(22, 65536, "tcp"),
     "1 validation error detected: Value '65536' at 'portInfo.toPort' failed to satisfy "
     "constraint: Member must have value less than or equal to 65535"},
    {range(-2, 0, "icmp"),
     "1 validation error detected: Value '-2' at 'portInfo.fromPort' failed to satisfy "
     "constraint: Member must have value greater than or equal to -1"},
    {range(256, 0, "icmp"),
     "The fromPort 256 is not valid. It is the ICMP type, from -1, which is all, to 255."},
    {range(8, 256, "icmpv6"),
     "The toPort 256 is not valid. It is the ICMP code, from -1, which is all, to 255."},
    {range(-1, 0, "icmp"),
     "The toPort 0 is not valid. The ICMP code must be -1 where the type, fromPort, is -1."},
    {with(port(22), "cidrs", {"10.0.0.0/8", "10.0.0.0/33"}),
     "The value \"10.0.0.0/33\" in cidrs is not an IPv4 address or CIDR block, such as 192.0.2.44 "
     "or 192.0.2.0/24."},
    {with(port(22), "cidrs", {"::/0"}),
     "The value \"::/0\" in cidrs is not an IPv4 address or CIDR block, such as 192.0.2.44 or "
     "192.0.2.0/24."},
    {with(port(22), "ipv6Cidrs", {"0.0.0.0/0"}),
     "The value \"0.0.0.0/0\" in ipv6Cidrs is not an IPv6 address or CIDR block, such as "
     "2001:db8::44 or 2001:db8::/32."},
    {with(port(22), "cidrListAliases", {"office"}),
     "The alias \"office\" in cidrListAliases is not valid. The only one is lightsail-connect."},
    {with(port(80), "cidrListAliases", {"lightsail-connect"}),
     "The alias lightsail-connect is not valid for 80/tcp. The Lightsail browser clients connect "
     "to port 22 or 3389 over TCP."},
    {with(range(22, 22, "udp"), "cidrListAliases", {"lightsail-connect"}),
     "The alias lightsail-connect is not valid for 22/udp. The Lightsail browser clients connect "
     "to port 22 or 3389 over TCP."},
    {with(port(22), "cidrs", {"192.0.2.44", "10.0.0.0/8", "192.0.2.44/32"}),
     "The source 192.0.2.44/32 is given twice for 22/tcp."},
};

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: bad rules are refused and change nothing") {
  const json before = ports();
  for (const BadRule& row : bad_rules) {
    INFO(row.port_info.dump());
    for (const char* action : {"OpenInstancePublicPorts", "CloseInstancePublicPorts"}) {
      const Refused error = refused(action, {{"instanceName", "web"}, {"portInfo", row.port_info}});
      CHECK(error.status == 400);
      CHECK(error.type == "InvalidInputException");
      CHECK(error.code == "InvalidParams");
      CHECK(error.message == row.message);
    }
    CHECK(ports() == before);
  }
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: one bad rule refuses them all") {
  const json before = ports();
  for (const BadRule& row : bad_rules) {
    INFO(row.port_info.dump());
    const Refused error = refused_put({port(443), row.port_info});
    CHECK(error.type == "InvalidInputException");
    CHECK(ports() == before);
  }
}

TEST_CASE_FIXTURE(Firewall,
                  "PutInstancePublicPorts: the same source twice for a range is refused") {
  const json before = ports();
  for (const json& twice : {json({port(22), port(80), port(22)}),
                            json({port(22), with(port(22), "cidrs", {"0.0.0.0/0"})})}) {
    const Refused error = refused_put(twice);
    CHECK(error.type == "InvalidInputException");
    CHECK(error.code == "InvalidParams");
    CHECK(error.message == "The source 0.0.0.0/0 is given twice for 22/tcp.");
    CHECK(ports() == before);
  }
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: sixty sources of a family are enough") {
  put({with(port(22), "cidrs", addresses(59)), port(80)});
  open(with(port(80), "ipv6Cidrs", {"2001:db8::/32"}));
  open(with(port(22), "cidrs", {"192.0.2.7"}));  // it is there already
  const json before = ports();
  const Refused error = refused_open(with(port(443), "cidrs", {"10.0.0.0/8"}));
  CHECK(error.type == "InvalidInputException");
  CHECK(error.code == "InvalidParams");
  CHECK(error.message ==
        "With 443/tcp the rules of the instance would have 61 sources in cidrs. They can have at "
        "most 60.");
  CHECK(refused_put({with(port(22), "cidrs", addresses(61))}).message ==
        "With 22/tcp the rules of the instance would have 61 sources in cidrs. They can have at "
        "most 60.");
  CHECK(ports() == before);
}

TEST_CASE_FIXTURE(Firewall, "GetInstancePortStates: a machine that is not there is not found") {
  const json input = {{"instanceName", "gone"}, {"portInfo", port(22)}, {"portInfos", {port(22)}}};
  for (const char* action : {"GetInstancePortStates", "OpenInstancePublicPorts",
                             "PutInstancePublicPorts", "CloseInstancePublicPorts"}) {
    const Refused error = refused(action, input);
    CHECK(error.type == "NotFoundException");
    CHECK(error.code == "DoesNotExist");
    CHECK(error.message == "The Instance does not exist: gone");
  }
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: rules change in every state, and stay") {
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

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: its operation is in the history") {
  const json done = open(port(443));
  CHECK(done["location"]["availabilityZone"] == "us-east-1a");
  CHECK(call("GetOperation", {{"operationId", done["id"]}})["operation"] == done);
  const json history = call("GetOperationsForResource", {{"resourceName", "web"}})["operations"];
  CHECK(history[0] == done);
  CHECK(history.size() == 2);
  refused_open(range(443, 80, "tcp"));
  CHECK(call("GetOperations")["operations"].size() == 2);
}

TEST_CASE_FIXTURE(Firewall, "GetInstancePortStates: each machine has rules of its own") {
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
