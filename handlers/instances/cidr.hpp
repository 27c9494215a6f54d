// Sources of firewall rules: IP addresses and blocks of them.
#pragma once

#include <optional>
#include <string>

namespace papersail {

enum class IpFamily { v4, v6 };

// An address or CIDR block as EC2 writes it: with its prefix length ("192.0.2.44/32"), the bits
// behind that cleared ("10.1.2.3/8" is "10.0.0.0/8"), IPv6 in its shortest form in lower case.
// None if `text` is neither in this family.
std::optional<std::string> canonical_cidr(IpFamily family, const std::string& text);

}  // namespace papersail
