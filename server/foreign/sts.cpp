// STS: GetCallerIdentity, GetSessionToken, AssumeRole.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

#include "server/api/session.hpp"
#include "server/foreign/actions.hpp"
#include "server/foreign/caller.hpp"
#include "server/foreign/xml.hpp"
#include "text/strings.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

struct Role {
  std::string account;
  std::string name;
};

// The range of DurationSeconds, and its default.
struct Durations {
  int least, most, usual;
};
constexpr Durations of_user = {900, 129'600, 43'200};
constexpr Durations of_role = {900, 43'200, 3'600};

ApiError invalid(const std::string& message) {
  return {"ValidationError", "ValidationError", message};
}

// True for a name of a role or a session.
bool is_name(std::string_view text) {
  constexpr std::string_view others = "_+=,.@-";
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [&](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) ||
                  others.find(c) != std::string_view::npos;
         });
}

// Parses "arn:aws:iam::123456789012:role/path/name".
Role role_of(const ForeignContext& context) {
  const std::string arn = context.call.parameter("RoleArn");
  std::string_view rest = arn;
  constexpr std::string_view iam = "arn:aws:iam::";
  if (rest.starts_with(iam)) {
    rest.remove_prefix(iam.size());
    const std::string account(split_off(rest, ':'));
    const std::string name(rest.substr(rest.rfind('/') + 1));
    if (is_account_id(account) && rest.starts_with("role/") && !name.empty() && is_name(name))
      return {account, name};
  }
  throw invalid("RoleArn must be like arn:aws:iam::123456789012:role/name, not \"" + arn + "\".");
}

std::string session_name_of(const ForeignContext& context) {
  std::string name = context.call.parameter("RoleSessionName");
  if (name.size() < 2 || !is_name(name)) {
    throw invalid("RoleSessionName must have 2 to 64 letters, digits and _+=,.@-, not \"" + name +
                  "\".");
  }
  return name;
}

Millis duration_of(const ForeignContext& context, const Durations& range) {
  const std::string text = context.call.parameter("DurationSeconds");
  int out = text.empty() ? range.usual : 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  if (out >= range.least && out <= range.most) return seconds(out);
  throw invalid("DurationSeconds must be " + std::to_string(range.least) + " to " +
                std::to_string(range.most) + ", not \"" + text + "\".");
}

// Returns the element Credentials, with new keys for `arn` in `account`.
std::string credentials(const ForeignContext& context, const std::string& account,
                        const std::string& arn, Millis duration) {
  const std::string suffix = upper(context.response.request_id.substr(0, 4));
  Session session{caller_of(context).key, arn, context.auth.now() + duration};
  session.expiration -= session.expiration % seconds(1);
  const SessionKeys keys = context.auth.issue(session_key_id(account, suffix), session);
  return xml::element("Credentials", xml::text("AccessKeyId", keys.id) +
                                         xml::text("SecretAccessKey", keys.secret) +
                                         xml::text("SessionToken", keys.token) +
                                         xml::text("Expiration", utc_text(session.expiration)));
}

std::string get_caller_identity(const ForeignContext& context) {
  const Caller caller = caller_of(context);
  const std::string session = session_name(caller.arn);
  const std::string id =
      session.empty() ? user_id(caller.account) : session_id(caller.account, session);
  return xml::text("Arn", caller.arn) + xml::text("UserId", id) +
         xml::text("Account", caller.account);
}

std::string get_session_token(const ForeignContext& context) {
  const Caller caller = caller_of(context);
  return credentials(context, caller.account, caller.arn, duration_of(context, of_user));
}

std::string assume_role(const ForeignContext& context) {
  const Role role = role_of(context);
  const std::string session = session_name_of(context);
  const Millis duration = duration_of(context, of_role);
  const std::string account = context.auth.role_account(context.response.account, role.account);
  const std::string arn = session_arn(account, role.name, session);
  return credentials(context, account, arn, duration) +
         xml::element("AssumedRoleUser", xml::text("AssumedRoleId", session_id(account, session)) +
                                             xml::text("Arn", arn));
}

constexpr ForeignAction actions[] = {
    {"AssumeRole", assume_role},
    {"GetCallerIdentity", get_caller_identity},
    {"GetSessionToken", get_session_token},
};

}  // namespace

constexpr ForeignService sts_service = {"sts", Protocol::query,
                                        "https://sts.amazonaws.com/doc/2011-06-15/", actions};

}  // namespace papersail
