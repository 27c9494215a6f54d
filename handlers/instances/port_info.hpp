// Firewall rules of an instance: what a request asks for, and the words for it.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// The members of a rule that hold its sources.
constexpr const char* source_lists[] = {"cidrs", "ipv6Cidrs", "cidrListAliases"};

// A PortInfo of a request as a rule: {fromPort, toPort, protocol, cidrs, ipv6Cidrs,
// cidrListAliases}, all of them there and written as the service reads them back. Its sources may
// all be empty. Throws invalid_input.
json rule_of(const json& port_info);

// Whether any of the rule's lists names a source.
bool has_sources(const json& rule);

// How an operation names the rule: "22/tcp", "8000-8010/tcp", "8:-1/icmp" (type and code).
std::string range_of(const json& rule);

}  // namespace papersail
