// Text as clients send it, in URIs, headers and bodies, and as they and others are shown it.
#pragma once

#include <string>
#include <string_view>

#include "text/json.hpp"

namespace papersail {

// The text up to the next `end`, which is cut off together with it.
std::string_view split_off(std::string_view& text, char end);

// Without the blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

// ASCII letters in lower case, or upper.
std::string lower(std::string_view text);
std::string upper(std::string_view text);

// Two lower-case digits a byte.
std::string hex(std::string_view bytes);

// How deep the brackets of a JSON text nest; those inside strings do not count.
int depth_of(std::string_view text);

// The deepest input of an action that is taken; none of the model nests half as deep, and to walk
// or print a value takes stack for each level.
constexpr int deepest_input = 64;

// Prints a value that may hold bytes of a client's; those that are not UTF-8 become U+FFFD.
std::string printed(const json& value);

// Whether a host is this machine, or this container, itself.
bool is_loopback(const std::string& host);

// Whether a text is like the glob: "Create*".
bool fits_glob(const std::string& glob, std::string_view text);

// Percent-decoded; what is no code stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace papersail
