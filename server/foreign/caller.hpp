// The identity that STS and IAM report. papersail has no users and roles: the owner of a key is the
// user "papersail" of the account, or the role for which STS made the key.
#pragma once

#include <string>
#include <string_view>

#include "server/foreign/actions.hpp"

namespace papersail {

constexpr std::string_view user_name = "papersail";

struct Caller {
  std::string account;
  std::string arn;
  std::string key;  // the long-term access key id, also of a caller with temporary keys
};

Caller caller_of(const ForeignContext& context);

// Return the ARN and the id of the account's user.
std::string user_arn(const std::string& account);
std::string user_id(const std::string& account);

// Return the ARN and the id of a role's session.
std::string session_arn(const std::string& account, const std::string& role,
                        const std::string& session);
std::string session_id(const std::string& account, const std::string& session);

// Returns the session's name in the ARN of a role's session; "" for another ARN.
std::string session_name(const std::string& arn);

}  // namespace papersail
