#include "server/foreign/caller.hpp"

#include <optional>

#include "server/api/session.hpp"
#include "server/api/sigv4.hpp"

namespace papersail {
namespace {

constexpr std::string_view kind = ":assumed-role/";

std::optional<Session> session_of(const ForeignContext& context, const std::string& key) {
  if (account_of_session(key).empty()) return std::nullopt;
  const auto header = sigv4::value_of(context.request.headers, "x-amz-security-token");
  return parse_session(header ? *header : context.call.parameter("X-Amz-Security-Token"));
}

// Ids have 21 characters, as those of AWS.
std::string id_of(const char* prefix, const std::string& account) {
  return prefix + account + "PAPER";
}

}  // namespace

Caller caller_of(const ForeignContext& context) {
  const std::string& account = context.response.account;
  const std::string key = access_key_of(context.request);
  const auto session = session_of(context, key);
  if (!session) return {account, user_arn(account), key};
  // With --auth off, the key may be of another account than the answer.
  const bool own = session->arn.find("::" + account + ':') != std::string::npos;
  return {account, own ? session->arn : user_arn(account), session->parent};
}

std::string user_arn(const std::string& account) {
  return "arn:aws:iam::" + account + ":user/" + std::string(user_name);
}

std::string user_id(const std::string& account) {
  return id_of("AIDA", account);
}

std::string session_arn(const std::string& account, const std::string& role,
                        const std::string& session) {
  return "arn:aws:sts::" + account + std::string(kind) + role + '/' + session;
}

std::string session_id(const std::string& account, const std::string& session) {
  return id_of("AROA", account) + ':' + session;
}

std::string session_name(const std::string& arn) {
  return arn.find(kind) == std::string::npos ? "" : arn.substr(arn.rfind('/') + 1);
}

}  // namespace papersail
