#include "handlers/instances/port_info.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "handlers/instances/cidr.hpp"
#include "state/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr int last_port = 65535;
constexpr int last_icmp = 255;
constexpr const char* connect_alias = "lightsail-connect";

// The service returns the protocol `all` as "-1", although its model has no such value
// (hashicorp/terraform-provider-aws#36091). Clients send "-1" to close a rule that they have read.
constexpr const char* all_protocols = "-1";

bool is_icmp(const std::string& protocol) {
  return protocol.starts_with("icmp");
}

// Case-insensitive: the CLI's own examples send TCP.
std::string protocol_of(const json& port_info) {
  const std::string given = port_info.value("protocol", "");
  const std::string out = lower(given);
  if (out == "all" || out == all_protocols) return all_protocols;
  if (out == "tcp" || out == "udp" || out == "icmp" || out == "icmpv6") return out;
  const std::string fault = given.empty() ? "is missing" : "\"" + given + "\" is not valid";
  throw invalid_input("The protocol " + fault + ". It must be one of tcp, udp, icmp, icmpv6, all.");
}

[[noreturn]] void refuse_port(const char* member, int value, const std::string& rule) {
  throw invalid_input("The " + std::string(member) + " " + std::to_string(value) +
                      " is not valid. " + rule);
}

void require_port(const char* member, int port, const std::string& protocol) {
  if (port >= 0 && port <= last_port) return;
  refuse_port(member, port, "Ports of the protocol " + protocol + " are 0 to 65535.");
}

void require_icmp(const char* member, int value, const std::string& meaning) {
  if (value >= -1 && value <= last_icmp) return;
  refuse_port(member, value, "It is the " + meaning + ", from -1, which is all, to 255.");
}

void require_valid_range(const std::string& protocol, int from, int to) {
  if (is_icmp(protocol)) {
    require_icmp("fromPort", from, "ICMP type");
    require_icmp("toPort", to, "ICMP code");
    if (from == -1 && to != -1) {
      refuse_port("toPort", to, "The ICMP code must be -1 where the type, fromPort, is -1.");
    }
    return;
  }
  require_port("fromPort", from, protocol);
  require_port("toPort", to, protocol);
  if (from > to) {
    throw invalid_input("The port range " + std::to_string(from) + "-" + std::to_string(to) +
                        " is not valid. fromPort must not be greater than toPort; one that is "
                        "left out is 0.");
  }
}

// An omitted fromPort or toPort is 0: the Go SDK, and so Terraform, never sends a zero. The
// protocol `all` opens every port whatever the range, as in EC2.
void set_range(json& rule, const json& port_info) {
  const std::string protocol = rule.at("protocol");
  if (protocol == all_protocols) {
    rule.update({{"fromPort", 0}, {"toPort", last_port}});
    return;
  }
  if (!port_info.contains("fromPort") && !port_info.contains("toPort")) {
    throw invalid_input("fromPort and toPort are missing. The protocol " + protocol +
                        " needs them; only all can leave them out.");
  }
  const int from = port_info.value("fromPort", 0);
  const int to = port_info.value("toPort", 0);
  require_valid_range(protocol, from, to);
  rule.update({{"fromPort", from}, {"toPort", to}});
}

std::string canonical_source(std::string_view list, const std::string& source) {
  const bool v4 = list == "cidrs";
  const auto cidr = canonical_cidr(v4 ? IpFamily::v4 : IpFamily::v6, source);
  if (cidr) return *cidr;
  throw invalid_input("The value \"" + source + "\" in " + std::string(list) + " is not an " +
                      (v4 ? "IPv4 address or CIDR block, such as 192.0.2.44 or 192.0.2.0/24."
                          : "IPv6 address or CIDR block, such as 2001:db8::44 or 2001:db8::/32."));
}

bool has_port(const json& rule, int port) {
  return rule.at("fromPort") <= port && rule.at("toPort") >= port;
}

// The alias stands for the hosts of the console's browser terminals, so it is valid only in rules
// for SSH or RDP.
std::string valid_alias(const json& rule, const std::string& alias) {
  if (alias != connect_alias) {
    throw invalid_input("The alias \"" + alias +
                        "\" in cidrListAliases is not valid. The only one is lightsail-connect.");
  }
  const bool tcp = rule.at("protocol") == "tcp" || rule.at("protocol") == all_protocols;
  if (!tcp || !(has_port(rule, 22) || has_port(rule, 3389))) {
    throw invalid_input("The alias lightsail-connect is not valid for " + range_of(rule) +
                        ". The Lightsail browser clients connect to port 22 or 3389 over TCP.");
  }
  return alias;
}

void set_sources(json& rule, std::string_view list, const json& given) {
  json out = json::array();
  std::set<std::string> seen;
  for (const json& source : given) {
    const std::string text =
        list == "cidrListAliases" ? valid_alias(rule, source) : canonical_source(list, source);
    if (!seen.insert(text).second) {  // EC2 refuses this too
      throw invalid_input("The source " + text + " is given twice for " + range_of(rule) + ".");
    }
    out.push_back(text);
  }
  rule[list] = std::move(out);
}

}  // namespace

json rule_of(const json& port_info) {
  json rule = {{"protocol", protocol_of(port_info)}};
  set_range(rule, port_info);
  for (const std::string_view list : source_lists) {
    set_sources(rule, list, port_info.value(list, json::array()));
  }
  return rule;
}

bool has_sources(const json& rule) {
  return std::any_of(std::begin(source_lists), std::end(source_lists),
                     [&](std::string_view list) { return !rule.at(list).empty(); });
}

std::string range_of(const json& rule) {
  const std::string protocol = rule.at("protocol");
  const std::string from = rule.at("fromPort").dump();
  const std::string to = rule.at("toPort").dump();
  const std::string range = from == to ? from : from + (is_icmp(protocol) ? ":" : "-") + to;
  return range + "/" + (protocol == all_protocols ? "all" : protocol);
}

}  // namespace papersail
