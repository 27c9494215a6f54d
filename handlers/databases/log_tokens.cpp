#include "handlers/databases/log_tokens.hpp"

#include "crypto/openssl.hpp"
#include "state/error.hpp"
#include "state/page.hpp"

namespace papersail {

std::string log_token(const std::string& log, const LogPosition& position) {
  const json token = {{"direction", position.forward ? "forward" : "backward"},
                      {"position", position.key},
                      {"check", page_token(log, position.key).substr(0, 16)}};
  return ssh::base64(token.dump());
}

LogPosition log_position(const std::string& log, const std::string& token) {
  const json found = try_parse_json(ssh::base64_decoded(token).value_or(""));
  if (found.is_object() && found.contains("position") && found.at("position").is_string()) {
    const LogPosition out{found.value("direction", json()) == "forward", found.at("position")};
    if (log_token(log, out) == token) return out;
  }
  throw invalid_input("The page token is invalid: " + token);
}

}  // namespace papersail
