#include "state/page.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "state/error.hpp"
#include "text/encoding.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

// Returns a checksum of list and key, to detect a token that is altered or belongs to another list.
std::string check_of(std::string_view list, std::string_view key) {
  const std::uint64_t hash = hash_of(std::string(list) + '\n' + std::string(key));
  return hex({reinterpret_cast<const char*>(&hash), sizeof hash});
}

constexpr std::size_t check_size = 16;

ApiError invalid_token(std::string_view token) {
  return invalid_input("The page token is invalid: " + std::string(token));
}

}  // namespace

std::string page_token(std::string_view list, std::string_view last_key) {
  return check_of(list, last_key) + hex(last_key);
}

std::string last_key_of(std::string_view list, std::string_view token) {
  const std::string key =
      token.size() > check_size ? hex_decoded(token.substr(check_size)).value_or("") : "";
  if (page_token(list, key) != token) throw invalid_token(token);
  return key;
}

std::string sealed_token(std::string_view owner, std::string_view token) {
  return check_of(owner, token) + std::string(token);
}

std::string opened_token(std::string_view owner, std::string_view sealed) {
  const std::string_view token = sealed.substr(std::min(sealed.size(), check_size));
  if (sealed_token(owner, token) != sealed) throw invalid_token(sealed);
  return std::string(token);
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
