// The sources of firewall rules: IP addresses and CIDR blocks.
#pragma once

#include <optional>
#include <string>

namespace papersail {

enum class IpFamily { v4, v6 };

// Returns an address or CIDR block in EC2's form: with a prefix length ("192.0.2.44/32"), with the
// bits after the prefix cleared ("10.1.2.3/8" becomes "10.0.0.0/8"), IPv6 in its shortest form in
// lower case. Returns nullopt if `text` is no address or block of this family.
std::optional<std::string> canonical_cidr(IpFamily family, const std::string& text);

}  // namespace papersail
