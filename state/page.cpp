#include "state/page.hpp"

#include <charconv>
#include <limits>

#include "state/error.hpp"
#include "state/ids.hpp"

namespace papersail {
namespace {

std::string hex_of(std::string_view bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

int digit_of(char c) {
  return c >= 'a' ? c - 'a' + 10 : c - '0';
}

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(digit_of(hex[i]) << 4 | digit_of(hex[i + 1]));
  }
  return out;
}

// Returns a checksum of list and key, to detect a token that is altered or belongs to another list.
std::string check_of(std::string_view list, std::string_view key) {
  const std::uint64_t hash = hash_of(std::string(list) + '\n' + std::string(key));
  return hex_of({reinterpret_cast<const char*>(&hash), sizeof hash});
}

constexpr std::size_t check_size = 16;

}  // namespace

std::string page_token(std::string_view list, std::string_view last_key) {
  return check_of(list, last_key) + hex_of(last_key);
}

std::string last_key_of(std::string_view list, std::string_view token) {
  const std::string key = token.size() > check_size ? bytes_of(token.substr(check_size)) : "";
  if (page_token(list, key) != token) {
    throw invalid_input("The page token is invalid: " + std::string(token));
  }
  return key;
}

std::string list_in(std::string_view region, std::string_view what) {
  return std::string(region) + ' ' + std::string(what);
}

std::int64_t last_id_of(std::string_view list, std::string_view token) {
  std::int64_t id = std::numeric_limits<std::int64_t>::max();
  if (token.empty()) return id;
  const std::string key = last_key_of(list, token);
  std::from_chars(key.data(), key.data() + key.size(), id);
  return id;
}

}  // namespace papersail
