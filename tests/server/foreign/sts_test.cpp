// STS and IAM.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/other_services.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr const char* role = "RoleArn=arn:aws:iam::222222222222:role/team/deploy";
const std::string session = std::string(role) + "&RoleSessionName=test@host";

KnownKeys some_keys() {
  return {{"AKIDEXAMPLE", {"secret", "123456789012", "", std::nullopt}},
          {"AKIDOTHER", {"other", "222222222222", "", std::nullopt}},
          {"ASIASHORT", {"short", "123456789012", "token", test_start + minutes(30)}}};
}

struct StrictServices : OtherServices {
  StrictServices() : OtherServices(Auth(Auth::Mode::strict, some_keys(), clock)) {}

  // Returns the error type of a call of Lightsail; "" if it succeeds.
  std::string lightsail_error(const ClientKeys& keys) {
    return target("lightsail", "Lightsail_20161128.GetInstances", json::object(), keys).error_type;
  }
  const ClientKeys own = {"AKIDEXAMPLE", "secret", ""};
};

struct ServicesWithoutAuth : OtherServices {
  ServicesWithoutAuth() : OtherServices(Auth(Auth::Mode::off, {}, clock)) {}
};

}  // namespace

TEST_CASE_FIXTURE(OtherServices, "GetCallerIdentity: returns the account of the access key") {
  const Response response = query("sts", "GetCallerIdentity");
  CHECK(response.status == 200);
  CHECK(response.content_type == "text/xml");
  CHECK(element_text(response.body, "Account") == "111111111111");
  CHECK(element_text(response.body, "Arn") == "arn:aws:iam::111111111111:user/papersail");
  CHECK(element_text(response.body, "UserId") == "AIDA111111111111PAPER");
  CHECK(element_text(response.body, "RequestId") == response.request_id);
  CHECK(response.body.find("<GetCallerIdentityResponse "
                           "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                           "<GetCallerIdentityResult>") != std::string::npos);
  CHECK(element_text(query("sts", "GetCallerIdentity", "", {"test"}).body, "Account") ==
        "000000000000");
}

TEST_CASE_FIXTURE(OtherServices, "GetCallerIdentity: accepts a presigned URL") {
  const Response response =
      ask({.service = "",
           .method = "GET",
           .uri = "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential="
                  "111111111111%2F20260101%2Fus-east-1%2Fsts%2Faws4_request"});
  CHECK(element_text(response.body, "Account") == "111111111111");
}

TEST_CASE_FIXTURE(OtherServices, "GetSessionToken: returns keys of the same user") {
  const Response response = query("sts", "GetSessionToken", "DurationSeconds=900");
  const ClientKeys keys = keys_in(response.body);
  CHECK(keys.id.starts_with("ASIA111111111111"));
  CHECK(keys.id.size() == 20);
  CHECK(keys.secret.size() == 40);
  const Response identity = query("sts", "GetCallerIdentity", "", keys);
  CHECK(element_text(identity.body, "Account") == "111111111111");
  CHECK(element_text(identity.body, "Arn") == "arn:aws:iam::111111111111:user/papersail");
}

TEST_CASE_FIXTURE(OtherServices, "AssumeRole: returns keys of the role's account") {
  const Response response = query("sts", "AssumeRole", session);
  CHECK(element_text(response.body, "Arn") ==
        "arn:aws:sts::222222222222:assumed-role/deploy/test@host");
  CHECK(element_text(response.body, "AssumedRoleId") == "AROA222222222222PAPER:test@host");
  const ClientKeys keys = keys_in(response.body);
  const Response identity = query("sts", "GetCallerIdentity", "", keys);
  CHECK(element_text(identity.body, "Account") == "222222222222");
  CHECK(element_text(identity.body, "UserId") == "AROA222222222222PAPER:test@host");
  CHECK(element_text(identity.body, "Arn") == element_text(response.body, "Arn"));
  lightsail("CreateKeyPair", {{"keyPairName", "mine"}}, keys);
  CHECK(accounts().ids() == std::vector<std::string>{"222222222222"});
}

TEST_CASE_FIXTURE(ServicesWithoutAuth, "AssumeRole: stays in the one account with --auth off") {
  const Response response = query("sts", "AssumeRole", session);
  CHECK(element_text(response.body, "Arn").starts_with("arn:aws:sts::000000000000:"));
  const Response identity = query("sts", "GetCallerIdentity", "", keys_in(response.body));
  CHECK(element_text(identity.body, "Account") == "000000000000");
  CHECK(element_text(identity.body, "Arn") == element_text(response.body, "Arn"));
}

TEST_CASE_FIXTURE(OtherServices, "STS: refuses invalid parameters") {
  const auto refusal = [&](const std::string& action, const std::string& parameters) {
    const Response response = query("sts", action, parameters);
    CHECK(response.status == 400);
    CHECK(element_text(response.body, "Type") == "Sender");
    CHECK(element_text(response.body, "Code") == "ValidationError");
    return element_text(response.body, "Message");
  };
  CHECK(refusal("GetSessionToken", "DurationSeconds=899").find("900 to 129600") !=
        std::string::npos);
  CHECK(refusal("GetSessionToken", "DurationSeconds=x").find("DurationSeconds") == 0);
  CHECK(refusal("AssumeRole", session + "&DurationSeconds=43201").find("900 to 43200") !=
        std::string::npos);
  CHECK(refusal("AssumeRole", role).find("RoleSessionName") == 0);
  CHECK(refusal("AssumeRole", std::string(role) + "&RoleSessionName=a/b").find("not &quot;a/b") !=
        std::string::npos);
  for (const char* arn :
       {"", "x", "arn:aws:iam::1:role/x", "arn:aws:iam::222222222222:user/x",
        "arn:aws:iam::222222222222:role/", "arn:aws:iam::222222222222:role/a b"}) {
    CAPTURE(arn);
    CHECK(refusal("AssumeRole", std::string("RoleSessionName=xx&RoleArn=") + arn)
              .starts_with("RoleArn must be like"));
  }
}

TEST_CASE_FIXTURE(StrictServices, "strict: verifies the signature of another service") {
  const Response response = query("sts", "GetCallerIdentity", "", own);
  CHECK(response.status == 200);
  CHECK(element_text(response.body, "Account") == "123456789012");
  const Response wrong = query("sts", "GetCallerIdentity", "", {"AKIDEXAMPLE", "wrong", ""});
  CHECK(wrong.status == 403);
  CHECK(element_text(wrong.body, "Code") == "SignatureDoesNotMatch");
  CHECK(element_text(query("ec2", "DescribeRegions", "", {"AKIDNONE", "x", ""}).body, "Code") ==
        "InvalidClientTokenId");
  CHECK(wrong.action == "sts:GetCallerIdentity");
  const Response unsigned_one =
      ask({.service = "",
           .body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15",
           .headers = {{"content-type", "application/x-www-form-urlencoded"}}});
  CHECK(element_text(unsigned_one.body, "Code") == "MissingAuthenticationToken");
  CHECK(target("dynamodb", "DynamoDB_20120810.ListTables", json::object(), own).status == 501);
  CHECK(target("dynamodb", "DynamoDB_20120810.ListTables", json::object(), {"a", "b", ""}).status ==
        400);
}

TEST_CASE_FIXTURE(StrictServices, "strict: verifies S3's own form of signatures") {
  const Response hashed = ask({.service = "s3", .method = "GET", .uri = "/a%20b//c"}, own);
  CHECK(hashed.status == 501);
  const std::map<std::string, std::string> open = {{"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}};
  CHECK(ask({.service = "s3", .headers = open, .method = "GET"}, own).status == 200);
  CHECK(ask({.service = "sqs", .headers = open, .method = "GET"}, own).status == 400);
}

TEST_CASE_FIXTURE(StrictServices, "strict: temporary keys sign calls of Lightsail") {
  const ClientKeys keys = keys_in(query("sts", "GetSessionToken", "", own).body);
  CHECK(lightsail_error(keys) == "");
  CHECK(lightsail_error({keys.id, "wrong", keys.token}) == "InvalidSignatureException");
  CHECK(lightsail_error({keys.id, keys.secret, ""}) == "UnrecognizedClientException");
  CHECK(lightsail_error({keys.id, keys.secret, "x" + keys.token}) != "");
  CHECK(lightsail_error({"ASIA2222222222221234", keys.secret, keys.token}) != "");
  const std::string other = "AKIDOTHER";
  std::string token = keys.token;
  token.replace(token.find("AKIDEXAMPLE"), 11, other);
  CHECK(lightsail_error({keys.id, keys.secret, token}) != "");
}

TEST_CASE_FIXTURE(StrictServices, "strict: a forged expiration changes the keys") {
  const ClientKeys keys = keys_in(query("sts", "GetSessionToken", "", own).body);
  std::string token = keys.token;
  const std::size_t digit = token.find('/') + 1;
  token[digit] = '9';
  CHECK(lightsail_error({keys.id, keys.secret, token}) == "InvalidSignatureException");
}

TEST_CASE_FIXTURE(StrictServices,
                  "strict: temporary keys expire, at the latest with their parent") {
  const Response response = query("sts", "GetSessionToken", "", {"ASIASHORT", "short", "token"});
  CHECK(element_text(response.body, "Expiration") == "2026-01-01T00:30:00Z");
  const Session past{"AKIDEXAMPLE", "arn:aws:iam::123456789012:user/papersail", test_start};
  const SessionKeys keys = session_keys(session_key_id("123456789012", "0000"), past, "secret");
  CHECK(lightsail_error({keys.id, keys.secret, keys.token}) == "ExpiredTokenException");
}

TEST_CASE_FIXTURE(StrictServices, "strict: a role can be assumed in the caller's account only") {
  const Response denied = query("sts", "AssumeRole", session, own);
  CHECK(denied.status == 403);
  CHECK(element_text(denied.body, "Code") == "AccessDenied");
  const std::string in_account = "RoleArn=arn:aws:iam::123456789012:role/ops&RoleSessionName=first";
  const ClientKeys first = keys_in(query("sts", "AssumeRole", in_account, own).body);
  CHECK(lightsail_error(first) == "");
  const ClientKeys second = keys_in(query("sts", "AssumeRole", in_account, first).body);
  CHECK(lightsail_error(second) == "");
  CHECK(element_text(query("sts", "GetCallerIdentity", "", second).body, "Arn") ==
        "arn:aws:sts::123456789012:assumed-role/ops/first");
}

TEST_CASE_FIXTURE(OtherServices, "GetUser: returns the user of the account") {
  const std::string user = query("iam", "GetUser").body;
  CHECK(element_text(user, "UserName") == "papersail");
  CHECK(element_text(user, "Arn") == "arn:aws:iam::111111111111:user/papersail");
  CHECK(element_text(user, "UserId") == "AIDA111111111111PAPER");
  CHECK(query("iam", "GetUser", "UserName=papersail").status == 200);
  const Response none = query("iam", "GetUser", "UserName=%3Cnone%3E");
  CHECK(none.status == 404);
  CHECK(element_text(none.body, "Code") == "NoSuchEntity");
  CHECK(element_text(none.body, "Message") == "The user with name &lt;none&gt; cannot be found.");
  const ClientKeys of_role = keys_in(query("sts", "AssumeRole", session).body);
  CHECK(element_text(query("iam", "GetUser", "", of_role).body, "Code") == "ValidationError");
}

TEST_CASE_FIXTURE(OtherServices, "ListAccountAliases: returns an empty list") {
  const std::string aliases = query("iam", "ListAccountAliases").body;
  CHECK(element_text(aliases, "IsTruncated") == "false");
  CHECK(aliases.find("<AccountAliases></AccountAliases>") != std::string::npos);
}

}  // namespace papersail
