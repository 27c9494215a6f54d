// Text as it stands in URIs and headers.
#pragma once

#include <string>
#include <string_view>

namespace papersail {

// The text up to the next `end`, which is cut off together with it.
std::string_view take(std::string_view& text, char end);

// Without the blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

// ASCII letters in lower case, or upper.
std::string lower(std::string_view text);
std::string upper(std::string_view text);

// Two lower-case digits a byte.
std::string hex(std::string_view bytes);

// How deep the brackets of a JSON text nest; those inside strings do not count.
int depth_of(std::string_view text);

// Percent-decoded; what is no code stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace papersail
