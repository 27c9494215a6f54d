// Temporary credentials. tests/server/foreign/sts_test.cpp uses them.
#include "server/api/session.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

const Session session = {"AKIDEXAMPLE", "arn:aws:sts::123456789012:assumed-role/a/b", 1000};

}  // namespace

TEST_CASE("account_of_session: returns the account of a session's key only") {
  const std::string id = session_key_id("123456789012", "AB12");
  CHECK(id == "ASIA123456789012AB12");
  CHECK(account_of_session(id) == "123456789012");
  for (const char* other : {"", "ASIA", "AKIA123456789012AB12", "ASIA12345678901XAB12",
                            "ASIA123456789012AB1", "ASIA123456789012AB123", "ASIATEMPORARY"}) {
    CAPTURE(other);
    CHECK(account_of_session(other) == "");
  }
}

TEST_CASE("session_keys: depend on all of the session and on the secret") {
  const SessionKeys keys = session_keys("id", session, "secret");
  CHECK(keys.secret.size() == 40);
  CHECK(session_keys("id", session, "secret").token == keys.token);
  Session other = session;
  other.expiration = 1001;
  for (const SessionKeys& changed :
       {session_keys("id2", session, "secret"), session_keys("id", session, "secret2"),
        session_keys("id", other, "secret")}) {
    CHECK(changed.secret != keys.secret);
    CHECK(changed.token.substr(0, 64) != keys.token.substr(0, 64));
  }
}

TEST_CASE("parse_session: reads what session_keys wrote, and nothing else") {
  const auto parsed = parse_session(session_keys("id", session, "secret").token);
  REQUIRE(parsed.has_value());
  CHECK(parsed->parent == session.parent);
  CHECK(parsed->arn == session.arn);
  CHECK(parsed->expiration == session.expiration);
  for (const char* wrong :
       {"", "token", "x/1/parent", "x/1/parent/urn:x", "x//parent/arn:aws", "x/1y/parent/arn:aws",
        "x/1//arn:aws", "x/99999999999999999999/p/arn:"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_session(wrong).has_value());
  }
}

}  // namespace papersail
