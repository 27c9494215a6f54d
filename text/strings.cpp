#include "text/strings.hpp"

#include <fnmatch.h>

#include <algorithm>

namespace papersail {
namespace {

// Moves a position back to the beginning of a UTF-8 sequence.
std::size_t beginning(std::string_view text, std::size_t at) {
  while (at > 0 && continues_character(text[at])) --at;
  return at;
}

constexpr std::size_t longest_message = 8 << 10;
constexpr std::size_t kept_end = 500;

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(text.substr(0, beginning(text, most))) + "...";
}

std::string bounded_message(std::string_view text) {
  if (text.size() <= longest_message) return std::string(text);
  return shortened(text, kept_end) +
         std::string(text.substr(beginning(text, text.size() - kept_end)));
}

std::string_view split_off(std::string_view& text, char end) {
  const std::size_t size = std::min(text.find(end), text.size());
  const std::string_view out = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (const std::string& word : words) {
    if (&word != &words.front()) out += separator;
    out += word;
  }
  return out;
}

std::size_t characters_in(std::string_view text) {
  const auto starts_character = [](char c) { return !continues_character(c); };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

int depth_of(std::string_view text) {
  int depth = 0, deepest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted) {
      if (c == '\\') ++i;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

std::string printed(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string json_problem(const json::exception& error) {
  const std::string_view text = error.what();  // "[json.exception.parse_error.101] parse error at"
  const std::size_t end = text.find("] ");
  const std::string_view rest = text.substr(end == std::string_view::npos ? 0 : end + 2);
  return "The file is not valid JSON: " + shortened(rest, 200);
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool matches_glob(const std::string& glob, std::string_view text) {
  return glob == "*" || fnmatch(glob.c_str(), std::string(text).c_str(), 0) == 0;
}

}  // namespace papersail
