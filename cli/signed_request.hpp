// Calls of actions by commands.
#pragma once

#include <string>

#include "cli/client.hpp"

namespace papersail {

// The credentials of a call.
struct Credentials {
  std::string access_key;
  std::string secret;
  std::string session_token;  // empty: none
};

// Returns the headers of a call of an action with this body, signed for the host of the endpoint.
Headers signed_headers(const Endpoint& endpoint, const Credentials& credentials,
                       const std::string& region, const std::string& action,
                       const std::string& body);

}  // namespace papersail
