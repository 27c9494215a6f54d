#include "handlers/tag_rules.hpp"

#include <strings.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "state/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_tags = 50;

bool is_tag_character(unsigned char c) {
  return std::isalnum(c) || c >= 0x80 ||
         std::string_view(" _.:/=+-@").find(static_cast<char>(c)) != std::string_view::npos;
}

void require_valid(const std::string& what, const std::string& text, std::size_t shortest,
                   std::size_t longest) {
  const std::size_t size = characters_in(text);
  if (size < shortest || size > longest) {
    throw invalid_input("The tag " + what + " \"" + text + "\" must have between " +
                        std::to_string(shortest) + " and " + std::to_string(longest) +
                        " characters.");
  }
  if (!std::all_of(text.begin(), text.end(), is_tag_character)) {
    throw invalid_input("The tag " + what + " \"" + text +
                        "\" may contain only letters, digits, spaces and _ . : / = + - @");
  }
}

void require_valid_key(const std::string& key) {
  require_valid("key", key, 1, 128);
  if (strncasecmp(key.c_str(), "aws:", 4) == 0) {
    throw invalid_input("The tag key \"" + key + "\" must not begin with aws:, which is reserved.");
  }
}

}  // namespace

const json& valid_tags(const json& tags) {
  if (tags.size() > most_tags) {
    throw invalid_input("A resource can have at most " + std::to_string(most_tags) + " tags.");
  }
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    const json key = tag->value("key", "");
    require_valid_key(key);
    require_valid("value", tag->value("value", ""), 0, 256);
    if (std::any_of(tags.begin(), tag, [&](const json& t) { return t.at("key") == key; })) {
      throw invalid_input("The tag key \"" + key.get<std::string>() + "\" is given twice.");
    }
  }
  return tags;
}

}  // namespace papersail
