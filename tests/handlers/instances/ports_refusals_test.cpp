#include "tests/handlers/instances/ports.hpp"

namespace papersail {

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

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: refuses invalid rules and changes nothing") {
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

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: refuses all rules if one is invalid") {
  const json before = ports();
  for (const BadRule& row : bad_rules) {
    INFO(row.port_info.dump());
    const Refused error = refused_put({port(443), row.port_info});
    CHECK(error.type == "InvalidInputException");
    CHECK(ports() == before);
  }
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: refuses the same source twice for a range") {
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

std::vector<std::string> addresses(int count) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) out.push_back("192.0.2." + std::to_string(i) + "/32");
  return out;
}

TEST_CASE_FIXTURE(Firewall, "OpenInstancePublicPorts: refuses more than sixty sources in a list") {
  put({with(port(22), "cidrs", addresses(59)), port(80)});
  open(with(port(80), "ipv6Cidrs", {"2001:db8::/32"}));
  open(with(port(22), "cidrs", {"192.0.2.7"}));  // the rule already has this source
  const json before = ports();
  const Refused error = refused_open(with(port(443), "cidrs", {"10.0.0.0/8"}));
  CHECK(error.type == "InvalidInputException");
  CHECK(error.code == "InvalidParams");
  CHECK(error.message ==
        "The firewall rules of an instance can have at most 60 IPv4 sources, IPv6 sources and "
        "aliases of lists each.");
  CHECK(refused_put({with(port(22), "cidrs", addresses(61))}).message == error.message);
  CHECK(ports() == before);
}

TEST_CASE_FIXTURE(Firewall, "PutInstancePublicPorts: refuses a thousand sources without a quota") {
  account().quotas["FirewallSource"] = std::nullopt;
  const char* const message = "The firewall rules of an instance can have at most 1000 sources.";
  std::vector<std::string> sources;
  for (int i = 0; i < 10'000; ++i) {
    sources.push_back("10.0." + std::to_string(i / 200) + "." + std::to_string(i % 200));
  }
  CHECK(refused_open(with(port(80), "cidrs", sources)).message == message);
  close(with(port(80), "cidrs", sources));
  sources.resize(500);
  put({with(port(80), "cidrs", sources), with(port(22), "cidrs", sources)});
  CHECK(refused_open(with(port(443), "cidrs", {"10.0.0.0/8"})).message == message);
}

TEST_CASE_FIXTURE(Firewall, "GetInstancePortStates: refuses an unknown instance") {
  const json input = {{"instanceName", "gone"}, {"portInfo", port(22)}, {"portInfos", {port(22)}}};
  for (const char* action : {"GetInstancePortStates", "OpenInstancePublicPorts",
                             "PutInstancePublicPorts", "CloseInstancePublicPorts"}) {
    const Refused error = refused(action, input);
    CHECK(error.type == "NotFoundException");
    CHECK(error.code == "DoesNotExist");
    CHECK(error.message == "The Instance does not exist: gone");
  }
}

}  // namespace papersail
