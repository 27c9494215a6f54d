// The rules of an instance's firewall.
#pragma once

#include <string>
#include <vector>

#include "text/document.hpp"
#include "text/json.hpp"

namespace papersail {

// As in networking.ports. A call changes one of them, and only that one is parsed.
using Rules = std::vector<Document>;

// The members of a rule that GetInstance shows and GetInstancePortStates does not.
constexpr Key described[] = {"accessFrom", "accessType", "commonName", "accessDirection"};

// Returns the rule that a PortInfo of a request opens, as `rule_of`. A rule without sources is open
// to all addresses of the families in `ip_address_type`. Throws invalid_input.
json opening_rule(const json& port_info, const std::string& ip_address_type);

// Throws invalid_input if the rules have a source of `rule`, which `rule_of` made, in its range.
void require_new(Rules& rules, const json& rule);

// Add a rule, and remove it.
void open_rule(Rules& rules, const json& rule);
void close_rule(Rules& rules, const json& rule);

// Adapts a rule to a change of the instance's address type: see follow_ip_address_type (ports.hpp).
void adapt_rule(Document& rule, const std::string& from, const std::string& to);

}  // namespace papersail
