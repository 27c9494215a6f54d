// OpenInstancePublicPorts, PutInstancePublicPorts, CloseInstancePublicPorts, GetInstancePortStates.
#include "handlers/instances/ports.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/instances/port_info.hpp"
#include "handlers/quotas.hpp"

namespace papersail {
namespace {

// Applies without a quota too, because the time of a call grows with the square of the sources.
constexpr std::size_t most_sources = 1000;
constexpr const char* anywhere[] = {"0.0.0.0/0", "::/0"};

// A rule without sources is open to all addresses of the instance's families; ICMP has a protocol
// for each family. Explicit sources of another family are kept: they have no effect until the
// instance's address type changes.
json open_to_all(json rule, const std::string& ip_address_type) {
  const std::string protocol = rule.at("protocol");
  const bool v4 = protocol == "icmp" || (protocol != "icmpv6" && ip_address_type != "ipv6");
  const bool v6 = protocol == "icmpv6" || (protocol != "icmp" && ip_address_type != "ipv4");
  if (v4) rule["cidrs"] = json::array({anywhere[0]});
  if (v6) rule["ipv6Cidrs"] = json::array({anywhere[1]});
  return rule;
}

// Recorded: "Anywhere (0.0.0.0/0 and ::/0)", or "Anywhere (::/0)" with one of them. The API
// reference says that all other rules are "Custom".
std::string access_from(const json& rule) {
  std::string out;
  for (int family : {0, 1}) {
    const json& sources = rule.at(source_lists[family]);
    if (sources.empty()) continue;
    if (!contains(sources, anywhere[family])) return "Custom";
    out += (out.empty() ? "" : " and ") + std::string(anywhere[family]);
  }
  return out.empty() ? "Custom" : "Anywhere (" + out + ")";
}

// Recorded from GetInstance: "public". The model's value is "Public".
void describe(json& rule) {
  rule.update({{"accessFrom", access_from(rule)},
               {"accessType", "public"},
               {"commonName", ""},
               {"accessDirection", "inbound"}});
}

bool same_range(const json& a, const json& b) {
  return a.at("fromPort") == b.at("fromPort") && a.at("toPort") == b.at("toPort") &&
         a.at("protocol") == b.at("protocol");
}

json::iterator find_rule(json& ports, const json& rule) {
  return std::find_if(ports.begin(), ports.end(),
                      [&](const json& other) { return same_range(other, rule); });
}

std::size_t count_sources(const json& ports, const char* list) {
  std::size_t out = 0;
  for (const json& rule : ports) out += rule.at(list).size();
  return out;
}

// The quota is for each list, over all rules of the instance.
void require_few_sources(const Call& call, const json& ports) {
  for (const char* list : source_lists) {
    const std::size_t count = count_sources(ports, list);
    require_quota(call, "FirewallSource", static_cast<std::int64_t>(count));
    if (count > most_sources) {
      throw invalid_input("The firewall rules of an instance can have at most " +
                          std::to_string(most_sources) + " sources.");
    }
  }
}

// Adds the sources to the rule with the same range and protocol. Rules with overlapping ranges stay
// separate; the most permissive one applies.
void open_rule(json& ports, const json& rule) {
  auto same = find_rule(ports, rule);
  if (same == ports.end()) {
    ports.push_back(rule);
    same = ports.end() - 1;
  } else {
    for (const char* list : source_lists) {
      for (const json& source : rule.at(list)) {
        if (!contains((*same)[list], source)) (*same)[list].push_back(source);
      }
    }
  }
  describe(*same);
}

// Removes the given sources from the rule, and the rule with its last source. Without sources,
// removes the whole rule. A rule that is not open is no error.
void close_rule(json& ports, const json& rule) {
  const auto same = find_rule(ports, rule);
  if (same == ports.end()) return;
  for (const char* list : source_lists) {
    json& sources = (*same)[list];
    const std::set<json> closed(rule.at(list).begin(), rule.at(list).end());
    sources.erase(std::remove_if(sources.begin(), sources.end(),
                                 [&](const json& source) { return closed.contains(source); }),
                  sources.end());
  }
  if (has_sources(rule) && has_sources(*same)) {
    describe(*same);
  } else {
    ports.erase(same);
  }
}

json opening_rule(const json& port_info, const std::string& ip_address_type) {
  json rule = rule_of(port_info);
  return has_sources(rule) ? rule : open_to_all(std::move(rule), ip_address_type);
}

// Checks the number of sources before the rule is compared with others.
json wanted_rule(const Call& call, const json& port_info, const Resource& instance) {
  json rule = opening_rule(port_info, instance.doc.at("ipAddressType"));
  require_few_sources(call, json::array({rule}));
  return rule;
}

// The same port range may appear in several entries, but not with the same source twice; EC2
// rejects that.
void require_new(json& ports, const json& rule) {
  const auto same = find_rule(ports, rule);
  if (same == ports.end()) return;
  for (const char* list : source_lists) {
    for (const json& source : rule.at(list)) {
      if (contains(same->at(list), source)) {
        throw invalid_input("The source " + source.get<std::string>() + " is given twice for " +
                            range_of(rule) + ".");
      }
    }
  }
}

json& ports_of(Resource& instance) {
  return instance.doc["networking"]["ports"];
}

// Rules can change in any state of the instance: Terraform changes them while it is pending.
json changed(Call& call, const Resource& instance, const std::optional<std::string>& details) {
  call.put(instance);
  return operation(call.succeeded(instance, details));
}

// Adds sources and keeps the existing ones: clients open a port to their own address and close it
// again. The user guide closes single sources too.
json open_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  const json rule = wanted_rule(call, call.in["portInfo"], instance);
  open_rule(ports_of(instance), rule);
  require_few_sources(call, ports_of(instance));
  return changed(call, instance, range_of(rule));
}

json put_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  json ports = json::array();
  std::optional<std::string> details;
  for (const json& port_info : call.in["portInfos"]) {
    const json rule = wanted_rule(call, port_info, instance);
    require_new(ports, rule);
    open_rule(ports, rule);
    require_few_sources(call, ports);
    details = (details ? *details + ", " : "") + range_of(rule);
  }
  ports_of(instance) = std::move(ports);
  return changed(call, instance, details);
}

json close_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  const json rule = rule_of(call.in["portInfo"]);
  close_rule(ports_of(instance), rule);
  return changed(call, instance, range_of(rule));
}

json get_instance_port_states(Call& call) {
  const Resource instance = instance_of(call);
  std::vector<Document> states = instance.doc.object_at("networking").elements_at("ports");
  for (Document& state : states) {
    for (const char* member : {"accessFrom", "accessType", "commonName", "accessDirection"}) {
      state.erase(member);
    }
    state.set("state", "open");
  }
  return {{"portStates", raw_list(states)}};
}

// True if the address type includes the family: 0 is IPv4, 1 is IPv6, as in `source_lists` and
// `anywhere`.
bool speaks(const std::string& ip_address_type, int family) {
  return ip_address_type != (family == 0 ? "ipv6" : "ipv4");
}

// The user guide says that the two firewalls are independent. A rule that is open to all addresses
// of one family is opened to all of a new family, because users expect that.
void gain_family(json& rule, int family) {
  const int other = 1 - family;
  if (rule.at("protocol") == (family == 0 ? "icmpv6" : "icmp")) return;
  json& sources = rule[source_lists[family]];
  if (contains(rule.at(source_lists[other]), anywhere[other]) &&
      !contains(sources, anywhere[family])) {
    sources.push_back(anywhere[family]);
  }
}

// A rule whose last source would be removed is not changed: it has no effect.
void lose_family(json& rule, int family) {
  json left = rule;
  json& sources = left[source_lists[family]];
  sources.erase(std::remove(sources.begin(), sources.end(), anywhere[family]), sources.end());
  if (has_sources(left)) rule = std::move(left);
}

constexpr Action actions[] = {
    {"CloseInstancePublicPorts", close_instance_public_ports},
    {"GetInstancePortStates", get_instance_port_states},
    {"OpenInstancePublicPorts", open_instance_public_ports},
    {"PutInstancePublicPorts", put_instance_public_ports},
};

}  // namespace

// The rules are the same for all instances of a set of ports. Making them would cost a third of a
// call of CreateInstances.
json new_instance_ports(const json& blueprint, const std::string& ip_address_type) {
  static std::map<std::pair<std::string, std::string>, json> known;
  const auto [entry, is_new] = known.try_emplace({blueprint.at("_defaultPorts"), ip_address_type});
  if (is_new) {
    json rules = json::array();
    for (const json& port_info : default_ports(blueprint)) {
      open_rule(rules, opening_rule(port_info, ip_address_type));
    }
    entry->second = raw_json(serialize(rules));
  }
  return entry->second;
}

void follow_ip_address_type(json& ports, const std::string& from, const std::string& to) {
  for (json& rule : ports) {
    for (int family : {0, 1}) {
      if (speaks(to, family) && !speaks(from, family)) gain_family(rule, family);
    }
    for (int family : {0, 1}) {
      if (speaks(from, family) && !speaks(to, family)) lose_family(rule, family);
    }
    describe(rule);
  }
}

const std::span<const Action> instance_port_actions = actions;

}  // namespace papersail
