// Authentication modes and the credentials file.
#include "server/api/auth.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

#include "server/dispatch/dispatch.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

constexpr const char* today = "20260101T000000Z";
constexpr const char* wrong_signature =
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details.";
constexpr const char* invalid_token = "The security token included in the request is invalid.";

KnownKeys some_keys() {
  return {{"AKIDEXAMPLE", {"secret", "123456789012", "", std::nullopt}},
          {"ASIATEMPORARY", {"other", "210987654321", "token", test_start + minutes(1)}}};
}

// A client that signs its requests. Tests change its parts.
struct Signer {
  std::string key = "AKIDEXAMPLE";
  std::string secret = "secret";
  std::string date = today;
  std::string scope = "20260101/us-east-1/lightsail/aws4_request";
  std::string signed_headers = "content-type;host;x-amz-date;x-amz-target";
  std::map<std::string, std::string> headers = {
      {"Host", "127.0.0.1:4566"},
      {"Content-Type", "application/x-amz-json-1.1"},
      {"X-Amz-Target", "Lightsail_20161128.GetActiveNames"}};
  std::string body = "{}";
  // Changes the request after it was signed.
  std::function<void(Signer&, std::string& authorization)> change = [](Signer&, std::string&) {};

  std::vector<sigv4::Header> views() const { return {headers.begin(), headers.end()}; }

  std::string authorization() {
    if (!headers.contains("Date")) headers["X-Amz-Date"] = date;
    const std::string credential = key + '/' + scope;
    const auto parts = sigv4::parse_credential(credential);
    const auto sent = views();
    const sigv4::Message message{"POST", "/", sent, body};
    const std::string signature =
        parts ? sigv4::signature(secret, *parts, date,
                                 sigv4::canonical_request(message, signed_headers))
              : "0";
    return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + signed_headers +
           ", Signature=" + signature;
  }
};

struct Strict {
  Strict() : Strict(Auth(Auth::Mode::strict, some_keys(), clock)) {}
  explicit Strict(Auth auth)
      : accounts({"", Lifecycle::load("instant"), Clock::starting_at(test_start), 1}),
        dispatch(accounts, true, all_actions(), std::move(auth)) {}

  Response ask(Signer signer) {
    std::string authorization = signer.authorization();
    signer.change(signer, authorization);
    const auto headers = signer.views();
    Request request{signer.headers["X-Amz-Target"], authorization, signer.headers["Host"],
                    signer.body};
    request.headers = headers;
    return dispatch.respond(request);
  }

  void check_refused(const Signer& signer, const std::string& type, const std::string& message) {
    const Response response = ask(signer);
    CHECK(response.status == 400);
    CHECK(response.error_type == type);
    const json error = json::parse(response.body);
    CHECK(error.at("__type") == type);
    CHECK(error.at("code") == type);
    CHECK(error.at("message") == message);
  }

  static inline const Clock clock = Clock::starting_at(test_start);
  Accounts accounts;
  Dispatch dispatch;
};

std::string file_with(const Folder& folder, const std::string& text) {
  std::ofstream(folder / "keys.json") << text;
  return folder / "keys.json";
}

}  // namespace

TEST_CASE_FIXTURE(Strict, "strict: accepts a valid signature for the key's account") {
  const Response response = ask({});
  CHECK(response.status == 200);
  CHECK(response.account == "123456789012");
  CHECK(response.region == "us-east-1");
}

TEST_CASE_FIXTURE(Strict, "strict: refuses a request without a signature") {
  for (const char* none : {"", "Basic dGVzdDp0ZXN0", "Bearer token", "AWS test:signature"}) {
    Signer signer;
    signer.change = [none](Signer&, std::string& authorization) { authorization = none; };
    check_refused(signer, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }
}

TEST_CASE_FIXTURE(Strict, "strict: lists the missing parts of a signature") {
  Signer signer;
  signer.change = [](Signer& sent, std::string& authorization) {
    authorization = "AWS4-HMAC-SHA256 Signature=12";
    sent.headers.erase("X-Amz-Date");
  };
  check_refused(
      signer, "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter. Authorization header requires "
      "'SignedHeaders' parameter. Authorization header requires existence of either a "
      "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256");
}

TEST_CASE_FIXTURE(Strict, "strict: refuses another algorithm and a credential without five parts") {
  Signer signer;
  signer.scope = "20260101/us-east-1/lightsail";
  check_refused(signer, "IncompleteSignatureException",
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                "keyid/date/region/service/term, got 'AKIDEXAMPLE/20260101/us-east-1/lightsail'");
  Signer other;
  other.change = [](Signer&, std::string& authorization) { authorization.replace(5, 11, "HMAC"); };
  check_refused(other, "IncompleteSignatureException",
                "Unsupported AWS 'algorithm': 'AWS4-HMAC' (only AWS4-HMAC-SHA256 for now). ");
}

TEST_CASE_FIXTURE(Strict, "strict: refuses a scope of another date, service or region") {
  Signer signer;
  signer.headers["Host"] = "lightsail.eu-west-1.amazonaws.com";
  signer.scope = "20251231/us-east-1/s3/aws3_request";
  check_refused(signer, "InvalidSignatureException",
                "Credential should be scoped to a valid region, not 'us-east-1'. Credential should "
                "be scoped to correct service: 'lightsail'. Credential should be scoped with a "
                "valid terminator: 'aws4_request', not 'aws3_request'. Date in Credential scope "
                "does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20251231' != "
                "'20260101', from '20260101T000000Z'. ");
}

TEST_CASE_FIXTURE(Strict, "strict: accepts a signature within five minutes of the clock") {
  for (const char* good : {"20251231T235500Z", "20260101T000500Z"}) {
    Signer signer;
    signer.date = good;
    signer.scope.replace(0, 8, signer.date.substr(0, 8));
    CHECK(ask(signer).status == 200);
  }
  Signer late;
  late.date = "20251231T235459Z";
  check_refused(late, "InvalidSignatureException",
                "Signature expired: 20251231T235459Z is now earlier than 20251231T235500Z "
                "(20260101T000000Z - 5 min.)");
  Signer early;
  early.date = "20260101T000501Z";
  check_refused(early, "InvalidSignatureException",
                "Signature not yet current: 20260101T000501Z is still later than "
                "20260101T000500Z (20260101T000000Z + 5 min.)");
}

TEST_CASE_FIXTURE(Strict, "strict: accepts an ISO basic date or a Date header") {
  for (const char* odd : {"2026", "2026-01-01T00:00:00Z", "20260101T000000Zx", "now"}) {
    Signer signer;
    signer.date = odd;
    check_refused(signer, "IncompleteSignatureException",
                  "Date must be in ISO-8601 'basic format'. Got '" + std::string(odd) +
                      "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
  Signer signer;
  signer.headers["Date"] = "Thu, 01 Jan 2026 00:00:00 GMT";
  signer.signed_headers = "content-type;date;host;x-amz-target";
  CHECK(ask(signer).status == 200);
}

TEST_CASE_FIXTURE(Strict, "strict: requires host and every x-amz header to be signed") {
  Signer hostless;
  hostless.signed_headers = "content-type;x-amz-date;x-amz-target";
  check_refused(hostless, "InvalidSignatureException",
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  Signer targetless;
  targetless.signed_headers = "content-type;host;x-amz-date";
  check_refused(targetless, "InvalidSignatureException",
                "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
}

TEST_CASE_FIXTURE(Strict, "strict: refuses an unknown key before it checks the signature") {
  Signer signer;
  signer.key = "AKIDUNKNOWN";
  check_refused(signer, "UnrecognizedClientException", invalid_token);
  signer.key = "123456789012";  // in lenient mode, this would be an account
  check_refused(signer, "UnrecognizedClientException", invalid_token);
}

TEST_CASE_FIXTURE(Strict, "strict: refuses a wrong secret and changes after signing") {
  Signer wrong;
  wrong.secret = "Secret";
  check_refused(wrong, "InvalidSignatureException", wrong_signature);
  const std::function<void(Signer&, std::string&)> changes[] = {
      [](Signer& sent, std::string&) { sent.body = "{ }"; },
      [](Signer& sent, std::string&) {
        sent.headers["X-Amz-Target"] = "Lightsail_20161128.GetRegions";
      },
      [](Signer& sent, std::string&) { sent.headers["Host"] = "localhost"; },
      [](Signer& sent, std::string&) { sent.headers["X-Amz-Date"] = "20260101T000001Z"; },
      [](Signer&, std::string& text) { text.back() = text.back() == '0' ? '1' : '0'; },
      [](Signer&, std::string& text) { text += '0'; },
      [](Signer&, std::string& text) { text.pop_back(); },
      [](Signer&, std::string& text) { text.replace(text.find("us-east-1"), 9, "us-west-2"); }};
  for (const auto& change : changes) {
    Signer signer;
    signer.change = change;
    check_refused(signer, "InvalidSignatureException", wrong_signature);
  }
}

TEST_CASE_FIXTURE(Strict, "strict: refuses a content hash that is not the body's") {
  Signer signer;
  signer.signed_headers = "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target";
  signer.headers["x-amz-content-sha256"] = sigv4::payload_hash(signer.body);
  CHECK(ask(signer).status == 200);
  for (const char* other : {"UNSIGNED-PAYLOAD", "", "0"}) {
    signer.headers["x-amz-content-sha256"] = other;
    check_refused(signer, "InvalidSignatureException", wrong_signature);
  }
}

TEST_CASE_FIXTURE(Strict,
                  "strict: requires the session token of a temporary key, and none otherwise") {
  Signer signer;
  signer.key = "ASIATEMPORARY";
  signer.secret = "other";
  check_refused(signer, "UnrecognizedClientException", invalid_token);
  signer.signed_headers = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
  signer.headers["X-Amz-Security-Token"] = "other token";
  check_refused(signer, "UnrecognizedClientException", invalid_token);
  signer.headers["X-Amz-Security-Token"] = "token";
  CHECK(ask(signer).account == "210987654321");
  signer.key = "AKIDEXAMPLE";
  signer.secret = "secret";
  check_refused(signer, "UnrecognizedClientException", invalid_token);
}

TEST_CASE("strict: refuses a temporary key after its expiration") {
  Strict strict(Auth(Auth::Mode::strict, some_keys(), Clock::starting_at(test_start + minutes(1))));
  Signer signer;
  signer.key = "ASIATEMPORARY";
  signer.secret = "other";
  signer.signed_headers = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
  signer.headers["X-Amz-Security-Token"] = "token";
  strict.check_refused(signer, "ExpiredTokenException",
                       "The security token included in the request is expired");
}

TEST_CASE("lenient: selects the account by the key without verification") {
  Strict lenient(Auth(Auth::Mode::lenient, some_keys()));
  Signer signer;
  signer.secret = "wrong";
  CHECK(lenient.ask(signer).account == "123456789012");
  signer.key = "111122223333";
  CHECK(lenient.ask(signer).account == "111122223333");
  signer.key = "test";
  CHECK(lenient.ask(signer).account == "000000000000");
}

TEST_CASE("off: uses one account and keeps the region") {
  Strict off(Auth(Auth::Mode::off, some_keys()));
  for (const char* key : {"AKIDEXAMPLE", "111122223333", "test"}) {
    Signer signer;
    signer.key = key;
    signer.scope = "20260101/eu-west-1/lightsail/aws4_request";
    const Response response = off.ask(signer);
    CHECK(response.status == 200);
    CHECK(response.account == "000000000000");
    CHECK(response.region == "eu-west-1");
  }
}

TEST_CASE("Auth: accepts three modes, and requires keys for strict") {
  CHECK(Auth::mode_of("off") == Auth::Mode::off);
  CHECK(Auth::mode_of("lenient") == Auth::Mode::lenient);
  CHECK(Auth::mode_of("strict") == Auth::Mode::strict);
  CHECK_THROWS_WITH_AS(Auth::mode_of("Strict"),
                       "invalid authentication mode \"Strict\" (off, lenient or strict)",
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(Auth(Auth::Mode::strict, {}), "--auth strict needs --credentials FILE",
                       std::invalid_argument);
}

TEST_CASE("credentials: reads a file of keys") {
  const Folder folder;
  const KnownKeys keys = read_credentials(file_with(folder, R"({
      "AKIDEXAMPLE": {"secret": "s/+=", "account": "123456789012"},
      "ASIATEMPORARY": {"secret": "t", "account": "000000000000", "sessionToken": "token",
                        "expiration": "2026-01-01T00:00:00Z"}})"));
  CHECK(keys.size() == 2);
  CHECK(keys.at("AKIDEXAMPLE").secret == "s/+=");
  CHECK(keys.at("AKIDEXAMPLE").account == "123456789012");
  CHECK(keys.at("AKIDEXAMPLE").session_token == "");
  CHECK_FALSE(keys.at("AKIDEXAMPLE").expiration.has_value());
  CHECK(keys.at("ASIATEMPORARY").session_token == "token");
  CHECK(keys.at("ASIATEMPORARY").expiration == test_start);
}

TEST_CASE("credentials: names the key and the reason in a bad file, never the secret") {
  const Folder folder;
  const std::pair<const char*, const char*> bad[] = {
      {"", "The file is not valid JSON."},
      {"{", "The file is not valid JSON."},
      {"[]", "The file is not a JSON object."},
      {"{}", "The file has no access keys."},
      {R"({"": {}})", R"("" is not a valid access key ID.)"},
      {R"({"a/b": {}})", R"("a/b" is not a valid access key ID.)"},
      {R"({"A": "hush"})", R"("A" must be a JSON object.)"},
      {R"({"A": {"secret": "hush"}})", R"("A.account" is required.)"},
      {R"({"A": {"account": "123456789012"}})", R"("A.secret" is required.)"},
      {R"({"A": {"secret": 7, "account": "123456789012"}})", R"("A.secret" must be a string.)"},
      {R"({"A": {"secret": "", "account": "123456789012"}})",
       R"("A.secret" must be a non-empty string.)"},
      {R"({"A": {"secret": "hush", "account": "123456789012", "sessionToken": ""}})",
       R"("A.sessionToken" must be a non-empty string.)"},
      {R"({"A": {"secret": "hush", "account": "12345678901"}})",
       R"("A.account" must be twelve digits.)"},
      {R"({"A": {"secret": "hush", "account": "12345678901x"}})",
       R"("A.account" must be twelve digits.)"},
      {R"({"A": {"secret": "hush", "account": "123456789012", "token": "x"}})",
       R"(Unknown member "A.token".)"},
      {R"({"A": {"secret": "hush", "account": "123456789012", "expiration": "2026"}})",
       R"("A.expiration" must be a time such as 2026-01-01T00:00:00Z.)"}};
  for (const auto& [text, reason] : bad) {
    const std::string file = file_with(folder, text);
    CHECK_THROWS_WITH_AS(read_credentials(file), ("credentials " + file + ": " + reason).c_str(),
                         std::invalid_argument);
  }
  const std::string missing = folder / "none.json";
  CHECK_THROWS_WITH_AS(read_credentials(missing),
                       ("credentials " + missing + ": The file cannot be read.").c_str(),
                       std::invalid_argument);
}

}  // namespace papersail
