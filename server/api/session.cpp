#include "server/api/session.hpp"

#include <charconv>

#include "crypto/openssl.hpp"
#include "state/account.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::string_view prefix = "ASIA";  // as AWS begins the ids of temporary keys
constexpr std::size_t account_size = 12;
constexpr std::size_t suffix_size = 4;

// An access key id contains no slash, and the ARN is the last part.
std::string text_of(const Session& session) {
  return std::to_string(session.expiration) + '/' + session.parent + '/' + session.arn;
}

}  // namespace

std::string session_key_id(std::string_view account, std::string_view suffix) {
  return std::string(prefix) + std::string(account) + std::string(suffix);
}

std::string_view account_of_session(std::string_view key_id) {
  const bool fits = key_id.size() == prefix.size() + account_size + suffix_size;
  if (!fits || !key_id.starts_with(prefix)) return "";
  const std::string_view account = key_id.substr(prefix.size(), account_size);
  return is_account_id(account) ? account : "";
}

SessionKeys session_keys(std::string_view key_id, const Session& session, std::string_view secret) {
  const std::string text = text_of(session);
  const std::string data = std::string(key_id) + '/' + text;
  const std::string code = openssl::hmac(secret, "token/" + data);
  const std::string own_secret = openssl::hmac(secret, "secret/" + data);
  constexpr std::size_t secret_bytes = 30;  // 40 characters, as AWS returns
  return {std::string(key_id),
          openssl::base64(std::string_view(own_secret).substr(0, secret_bytes)),
          hex(code) + '/' + text};
}

std::optional<Session> parse_session(std::string_view token) {
  split_off(token, '/');  // the code
  const std::string_view expiration = split_off(token, '/');
  Session out;
  const auto [end, error] =
      std::from_chars(expiration.data(), expiration.data() + expiration.size(), out.expiration);
  out.parent = split_off(token, '/');
  out.arn = token;
  const bool whole = error == std::errc() && end == expiration.data() + expiration.size();
  if (!whole || out.parent.empty() || !out.arn.starts_with("arn:")) return std::nullopt;
  return out;
}

}  // namespace papersail
