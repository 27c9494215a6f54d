// Temporary credentials, as STS returns them. papersail stores none of them: the access key id
// contains the account, the session token contains the rest, and only the secret of the key that
// asked for them makes the same token.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// The contents of a session token.
struct Session {
  std::string parent;  // the long-term access key id that asked for the session
  std::string arn;     // of the user or of the assumed role
  Millis expiration = 0;
};

struct SessionKeys {
  std::string id;
  std::string secret;
  std::string token;
};

// Returns an access key id such as "ASIA1111111111117F2C". `suffix`: four of A-Z and 0-9.
std::string session_key_id(std::string_view account, std::string_view suffix);

// Returns the account in such an id; "" for another one.
std::string_view account_of_session(std::string_view key_id);

// Returns the keys of the session; the same ones for the same arguments. `secret`: the parent's.
SessionKeys session_keys(std::string_view key_id, const Session& session, std::string_view secret);

// Parses a session token without verification; nullopt if it is not one of papersail.
std::optional<Session> parse_session(std::string_view token);

}  // namespace papersail
