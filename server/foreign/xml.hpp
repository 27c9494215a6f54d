// XML of responses.
#pragma once

#include <string>
#include <string_view>

namespace papersail::xml {

// Returns the text with XML's special characters escaped. Replaces what XML cannot contain.
std::string escaped(std::string_view text);

// Returns an element with this text.
std::string text(const std::string& name, std::string_view text);

// Returns an element with these elements. `attributes` begins with a space, if there are any.
std::string element(const std::string& name, const std::string& elements,
                    const std::string& attributes = "");

// Returns the attribute xmlns.
std::string xmlns(std::string_view uri);

}  // namespace papersail::xml
