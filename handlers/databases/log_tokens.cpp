#include "handlers/databases/log_tokens.hpp"

#include <openssl/evp.h>

#include "crypto/openssl.hpp"
#include "state/error.hpp"
#include "state/page.hpp"

namespace papersail {
namespace {

// Returns an empty string if the text cannot be decoded.
std::string from_base64(const std::string& text) {
  std::string data(text.size(), '\0');
  const int size = EVP_DecodeBlock(ssh::bytes(data), ssh::bytes(std::string_view(text)),
                                   static_cast<int>(text.size()));
  const auto padding = text.size() - (text.find_last_not_of('=') + 1);
  if (size < static_cast<int>(padding)) return "";
  data.resize(static_cast<std::size_t>(size) - padding);
  return data;
}

}  // namespace

std::string log_token(const std::string& log, const LogPosition& position) {
  const json token = {{"direction", position.forward ? "forward" : "backward"},
                      {"position", position.key},
                      {"check", page_token(log, position.key).substr(0, 16)}};
  return ssh::base64(token.dump());
}

LogPosition log_position(const std::string& log, const std::string& token) {
  const json found = json::parse(from_base64(token), nullptr, false);
  if (found.is_object() && found.contains("position") && found.at("position").is_string()) {
    const LogPosition out{found.value("direction", json()) == "forward", found.at("position")};
    if (log_token(log, out) == token) return out;
  }
  throw invalid_input("The page token is invalid: " + token);
}

}  // namespace papersail
