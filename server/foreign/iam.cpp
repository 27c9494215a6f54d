// IAM: GetUser, ListAccountAliases.
#include <string>

#include "server/foreign/actions.hpp"
#include "server/foreign/caller.hpp"
#include "server/foreign/xml.hpp"

namespace papersail {
namespace {

constexpr std::string_view created = "2016-11-28T00:00:00Z";  // the user has always existed

std::string get_user(const ForeignContext& context) {
  const Caller caller = caller_of(context);
  const std::string name = context.call.parameter("UserName");
  if (name.empty() && !session_name(caller.arn).empty()) {
    throw ApiError("ValidationError", "ValidationError",
                   "Must specify userName when calling with non-User credentials");
  }
  if (!name.empty() && name != user_name) {
    throw ApiError("NoSuchEntity", "NoSuchEntity",
                   "The user with name " + name + " cannot be found.");
  }
  return xml::element("User", xml::text("Path", "/") + xml::text("UserName", user_name) +
                                  xml::text("UserId", user_id(caller.account)) +
                                  xml::text("Arn", user_arn(caller.account)) +
                                  xml::text("CreateDate", created));
}

std::string list_account_aliases(const ForeignContext&) {
  return xml::text("IsTruncated", "false") + xml::element("AccountAliases", "");
}

constexpr ForeignAction actions[] = {
    {"GetUser", get_user},
    {"ListAccountAliases", list_account_aliases},
};

}  // namespace

constexpr ForeignService iam_service = {"iam", Protocol::query,
                                        "https://iam.amazonaws.com/doc/2010-05-08/", actions};

}  // namespace papersail
