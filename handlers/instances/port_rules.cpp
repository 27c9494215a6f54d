#include "handlers/instances/port_rules.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "handlers/instances/port_info.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

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
std::string access_from(const Document& rule) {
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
void describe(Document& rule) {
  rule.set("accessFrom", access_from(rule));
  rule.set("accessType", "public");
  rule.set("commonName", "");
  rule.set("accessDirection", "inbound");
}

bool same_range(const Document& a, const json& b) {
  return a.at("fromPort") == b.at("fromPort") && a.at("toPort") == b.at("toPort") &&
         a.at("protocol") == b.at("protocol");
}

Rules::iterator find_rule(Rules& rules, const json& rule) {
  return std::find_if(rules.begin(), rules.end(),
                      [&](const Document& other) { return same_range(other, rule); });
}

void add_source(Document& rule, std::string_view list, const json& source) {
  if (!contains(rule.at(list), source)) rule[list].push_back(source);
}

// True if the address type includes the family: 0 is IPv4, 1 is IPv6, as in `source_lists` and
// `anywhere`.
bool speaks(const std::string& ip_address_type, int family) {
  return ip_address_type != (family == 0 ? "ipv6" : "ipv4");
}

// The user guide says that the two firewalls are independent. A rule that is open to all addresses
// of one family is opened to all of a new family, because users expect that.
void gain_family(Document& rule, int family) {
  const int other = 1 - family;
  if (rule.at("protocol") == (family == 0 ? "icmpv6" : "icmp")) return;
  if (contains(rule.at(source_lists[other]), anywhere[other])) {
    add_source(rule, source_lists[family], anywhere[family]);
  }
}

bool has_sources(const Document& rule) {
  return std::any_of(std::begin(source_lists), std::end(source_lists),
                     [&](std::string_view list) { return rule.count_at(list) > 0; });
}

void remove_sources(Document& rule, std::string_view list, const json& removed) {
  if (removed.empty()) return;
  json& sources = rule[list];
  const std::set<json> closed(removed.begin(), removed.end());
  sources.erase(std::remove_if(sources.begin(), sources.end(),
                               [&](const json& source) { return closed.contains(source); }),
                sources.end());
}

// A rule whose last source would be removed is not changed: it has no effect.
void lose_family(Document& rule, int family) {
  Document left = rule;
  remove_sources(left, source_lists[family], json::array({anywhere[family]}));
  if (has_sources(left)) rule = std::move(left);
}

}  // namespace

// The same port range may appear in several entries, but not with the same source twice; EC2
// rejects that.
void require_new(Rules& rules, const json& rule) {
  const auto same = find_rule(rules, rule);
  if (same == rules.end()) return;
  for (const std::string_view list : source_lists) {
    for (const json& source : rule.at(list)) {
      if (contains(same->at(list), source)) {
        throw invalid_input("The source " + source.get<std::string>() + " is given twice for " +
                            range_of(rule) + ".");
      }
    }
  }
}

// Adds the sources to the rule with the same range and protocol. Rules with overlapping ranges stay
// separate; the most permissive one applies.
void open_rule(Rules& rules, const json& rule) {
  auto same = find_rule(rules, rule);
  if (same == rules.end()) {
    same = rules.insert(rules.end(), Document(rule));
  } else {
    for (const std::string_view list : source_lists) {
      for (const json& source : rule.at(list)) add_source(*same, list, source);
    }
  }
  describe(*same);
}

// Recorded by two users (pulumi/pulumi-aws#1511, #1918): the range is closed whatever sources the
// request names. A range that is not open is no error.
void close_rule(Rules& rules, const json& rule) {
  std::erase_if(rules, [&](const Document& other) { return same_range(other, rule); });
}

json opening_rule(const json& port_info, const std::string& ip_address_type) {
  json rule = rule_of(port_info);
  return has_sources(rule) ? rule : open_to_all(std::move(rule), ip_address_type);
}

void adapt_rule(Document& rule, const std::string& from, const std::string& to) {
  for (int family : {0, 1}) {
    if (speaks(to, family) && !speaks(from, family)) gain_family(rule, family);
  }
  for (int family : {0, 1}) {
    if (speaks(from, family) && !speaks(to, family)) lose_family(rule, family);
  }
  describe(rule);
}

}  // namespace papersail
