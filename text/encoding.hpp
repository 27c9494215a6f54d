// Hexadecimal and percent encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace papersail {

constexpr std::string_view hex_digits = "0123456789abcdef";

// Returns the bytes in hexadecimal, in lower case, with `separator` between two bytes.
std::string hex(std::string_view bytes, std::string_view separator = "");

// Returns the bytes of such a text without separators, in either case; nullopt if it is invalid.
std::optional<std::string> hex_decoded(std::string_view text);

// Percent-encodes all bytes except letters, digits and "-._~".
std::string percent_encoded(std::string_view text);

// Percent-decodes `text`; leaves invalid codes unchanged.
std::string percent_decoded(std::string_view text);

}  // namespace papersail
