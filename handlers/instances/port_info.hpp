// Firewall rules of an instance: parsing of requests and text for operations.
#pragma once

#include <string>
#include <string_view>

#include "text/json.hpp"

namespace papersail {

// The members of a rule that hold its sources.
constexpr std::string_view source_lists[] = {"cidrs", "ipv6Cidrs", "cidrListAliases"};

// Converts a PortInfo of a request to a rule: {fromPort, toPort, protocol, cidrs, ipv6Cidrs,
// cidrListAliases}, with all members present and in the form that the service returns. All lists of
// sources may be empty. Throws invalid_input.
json rule_of(const json& port_info);

// True if any list of sources of the rule has an element.
bool has_sources(const json& rule);

// Returns the rule's text for an operation: "22/tcp", "8000-8010/tcp", "8:-1/icmp" (type and code).
std::string range_of(const json& rule);

}  // namespace papersail
