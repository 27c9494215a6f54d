// OpenInstancePublicPorts, PutInstancePublicPorts, CloseInstancePublicPorts, GetInstancePortStates.
#include "handlers/instances/ports.hpp"

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/instances/port_info.hpp"
#include "handlers/instances/port_rules.hpp"
#include "handlers/quotas.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

// Applies without a quota too, because the time of a call grows with the square of the sources.
constexpr std::size_t most_sources = 1000;

std::size_t count_sources(const Rules& rules, std::string_view list) {
  std::size_t out = 0;
  for (const Document& rule : rules) out += rule.count_at(list);
  return out;
}

// The quota is for each list, over all rules of the instance.
void require_few_sources(const Call& call, const Rules& rules) {
  for (const std::string_view list : source_lists) {
    const std::size_t count = count_sources(rules, list);
    require_quota(call, "FirewallSource", static_cast<std::int64_t>(count));
    if (count > most_sources) {
      throw invalid_input("The firewall rules of an instance can have at most " +
                          std::to_string(most_sources) + " sources.");
    }
  }
}

// Checks the number of sources before the rule is compared with others.
json wanted_rule(const Call& call, const json& port_info, const Resource& instance) {
  json rule = opening_rule(port_info, instance.doc.at("ipAddressType"));
  require_few_sources(call, {Document(rule)});
  return rule;
}

Rules rules_of(const Document& instance) {
  return instance.object_at("networking").elements_at("ports");
}

void set_rules(Document& instance, const Rules& rules) {
  Document networking = instance.object_at("networking");
  networking.set("ports", raw_list(rules));
  instance.set("networking", networking);
}

// Rules can change in any state of the instance: Terraform changes them while it is pending.
json changed(Call& call, Resource& instance, const Rules& rules,
             const std::optional<std::string>& details) {
  set_rules(instance.doc, rules);
  call.put(instance);
  return operation(call.succeeded(instance, details));
}

// Adds sources and keeps the existing ones: clients open a port to their own address.
json open_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  const json rule = wanted_rule(call, call.in["portInfo"], instance);
  Rules rules = rules_of(instance.doc);
  open_rule(rules, rule);
  require_few_sources(call, rules);
  return changed(call, instance, rules, range_of(rule));
}

json put_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  Rules rules;
  std::optional<std::string> details;
  for (const json& port_info : call.in["portInfos"]) {
    const json rule = wanted_rule(call, port_info, instance);
    require_new(rules, rule);
    open_rule(rules, rule);
    require_few_sources(call, rules);
    details = (details ? *details + ", " : "") + range_of(rule);
  }
  return changed(call, instance, rules, details);
}

json close_instance_public_ports(Call& call) {
  Resource instance = instance_of(call);
  const json rule = rule_of(call.in["portInfo"]);
  Rules rules = rules_of(instance.doc);
  close_rule(rules, rule);
  return changed(call, instance, rules, range_of(rule));
}

json get_instance_port_states(Call& call) {
  const Document instance = call.document(type::instance, call.in["instanceName"]);
  Rules states = rules_of(instance);
  for (Document& state : states) {
    for (const Key member : described) state.erase(member);
    state.set("state", "open");
  }
  return {{"portStates", raw_list(states)}};
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
    Rules rules;
    for (const json& port_info : default_ports(blueprint)) {
      open_rule(rules, opening_rule(port_info, ip_address_type));
    }
    entry->second = raw_list(rules);
  }
  return entry->second;
}

void follow_ip_address_type(Document& instance, const std::string& from, const std::string& to) {
  Rules rules = rules_of(instance);
  for (Document& rule : rules) adapt_rule(rule, from, to);
  set_rules(instance, rules);
}

const std::span<const Action> instance_port_actions = actions;

}  // namespace papersail
