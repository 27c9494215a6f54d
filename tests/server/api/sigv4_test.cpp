// The expected signatures are published by AWS: in its SigV4 test suite, and in an example of its
// IAM documentation.
#include "server/api/sigv4.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace papersail::sigv4 {
namespace {

constexpr std::string_view secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view date = "20150830T123600Z";
constexpr Header host = {"Host", "example.amazonaws.com"};
constexpr Header dated = {"X-Amz-Date", date};

struct Example {
  const char* name;
  std::string_view method;
  std::string_view uri;
  std::vector<Header> headers;  // in addition to host and date
  std::string_view body;
  std::string_view signed_headers;
  std::string_view signature;
};

constexpr std::string_view host_and_date = "host;x-amz-date";
constexpr std::string_view vanilla =
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

const Example suite[] = {
    {"get-vanilla", "GET", "/", {}, "", host_and_date, vanilla},
    {"get-vanilla-empty-query-key",
     "GET",
     "/?Param1=value1",
     {},
     "",
     host_and_date,
     "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
    {"get-vanilla-query-order-key-case",
     "GET",
     "/?Param2=value2&Param1=value1",
     {},
     "",
     host_and_date,
     "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
    {"get-vanilla-query-unreserved",
     "GET",
     "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz="
     "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
     {},
     "",
     host_and_date,
     "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
    {"get-vanilla-utf8-query",
     "GET",
     "/?\u1234=bar",
     {},
     "",
     host_and_date,
     "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
    {"get-unreserved",
     "GET",
     "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
     {},
     "",
     host_and_date,
     "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
    {"get-utf8",
     "GET",
     "/\u1234",
     {},
     "",
     host_and_date,
     "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
    {"get-space",
     "GET",
     "/example space/",
     {},
     "",
     host_and_date,
     "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
    {"get-slashes",
     "GET",
     "//example//",
     {},
     "",
     host_and_date,
     "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
    {"get-slash-pointless-dot",
     "GET",
     "/./example",
     {},
     "",
     host_and_date,
     "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"},
    {"get-slash-dot-slash", "GET", "/./", {}, "", host_and_date, vanilla},
    {"get-relative", "GET", "/example/..", {}, "", host_and_date, vanilla},
    {"get-relative-relative", "GET", "/example1/example2/../..", {}, "", host_and_date, vanilla},
    {"get-header-key-duplicate",
     "GET",
     "/",
     {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}},
     "",
     "host;my-header1;x-amz-date",
     "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
    {"get-header-value-order",
     "GET",
     "/",
     {{"My-Header1", "value4"},
      {"My-Header1", "value1"},
      {"My-Header1", "value3"},
      {"My-Header1", "value2"}},
     "",
     "host;my-header1;x-amz-date",
     "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"},
    {"get-header-value-trim",
     "GET",
     "/",
     {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}},
     "",
     "host;my-header1;my-header2;x-amz-date",
     "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
    {"post-vanilla",
     "POST",
     "/",
     {},
     "",
     host_and_date,
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
    {"post-header-key-sort",
     "POST",
     "/",
     {{"My-Header1", "value1"}},
     "",
     "host;my-header1;x-amz-date",
     "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
    {"post-vanilla-query",
     "POST",
     "/?Param1=value1",
     {},
     "",
     host_and_date,
     "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"},
    {"post-x-www-form-urlencoded",
     "POST",
     "/",
     {{"Content-Type", "application/x-www-form-urlencoded"}},
     "Param1=value1",
     "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
};

}  // namespace

TEST_CASE("sigv4::signature: matches AWS's test suite") {
  const auto credential = parse_credential("AKIDEXAMPLE/20150830/us-east-1/service/aws4_request");
  for (const Example& example : suite) {
    CAPTURE(example.name);
    std::vector<Header> headers = example.headers;
    headers.insert(headers.begin(), {host, dated});
    const Message message{example.method, example.uri, headers, example.body};
    const std::string canonical = canonical_request(message, example.signed_headers);
    INFO(canonical);
    CHECK(signature(secret, *credential, date, canonical) == example.signature);
  }
}

TEST_CASE("sigv4::signature: matches the example in IAM's documentation") {
  const std::vector<Header> headers = {
      {"Host", "iam.amazonaws.com"},
      {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
      dated};
  const Message message{"GET", "/?Action=ListUsers&Version=2010-05-08", headers, ""};
  const std::string canonical = canonical_request(message, "content-type;host;x-amz-date");
  CHECK(payload_hash(canonical) ==
        "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
  const auto credential = parse_credential("AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request");
  CHECK(signature(secret, *credential, date, canonical) ==
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

TEST_CASE("sigv4::signature: matches the examples in S3's documentation") {
  constexpr std::string_view day = "20130524T000000Z", hash_header = "x-amz-content-sha256";
  const auto credential =
      parse_credential("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
  const std::string own = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const Header bucket = {"Host", "examplebucket.s3.amazonaws.com"}, at = {"x-amz-date", day};
  const std::string text = "Welcome to Amazon S3.", hash = payload_hash(text);
  const std::vector<Header> put = {bucket,
                                   at,
                                   {"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                   {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                                   {hash_header, hash}};
  CHECK(signature(own, *credential, day,
                  canonical_request({"PUT", "/test%24file.text", put, text, true},
                                    "date;host;x-amz-content-sha256;x-amz-date;"
                                    "x-amz-storage-class")) ==
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  const std::string no_body = payload_hash("");
  const std::vector<Header> get = {bucket, at, {hash_header, no_body}};
  CHECK(signature(own, *credential, day,
                  canonical_request({"GET", "/?lifecycle", get, "", true},
                                    "host;x-amz-content-sha256;x-amz-date")) ==
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST_CASE("signed_hash: leaves the body unsigned for S3 only") {
  for (const char* open : {"UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}) {
    const std::vector<Header> headers = {{"X-Amz-Content-Sha256", open}};
    CHECK(signed_hash({"PUT", "/", headers, "x", true}) == open);
    CHECK(signed_hash({"PUT", "/", headers, "x"}) == payload_hash("x"));
  }
}

TEST_CASE("presigned_credential: decodes the credential in a query") {
  CHECK(presigned_credential("/?a=b&X-Amz-Credential=k%2Fd%2Fr%2Fs3%2Faws4_request&c") ==
        "k/d/r/s3/aws4_request");
  CHECK(presigned_credential("/") == "");
}

TEST_CASE("parse_authorization: splits a header with or without blanks") {
  for (const std::string_view text :
       {"AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host;x-amz-date, Signature=12",
        "  AWS4-HMAC-SHA256 Credential=a/b/c/d/e,SignedHeaders=host;x-amz-date,Signature=12 ",
        "AWS4-HMAC-SHA256   Signature=12,\tSignedHeaders=host;x-amz-date , Credential=a/b/c/d/e"}) {
    const Authorization parts = parse_authorization(text);
    CHECK(parts.algorithm == algorithm);
    CHECK(parts.credential == "a/b/c/d/e");
    CHECK(parts.signed_headers == host_and_date);
    CHECK(parts.signature == "12");
  }
  for (const std::string_view text : {"", " ", "Bearer", "Bearer x", "AWS4-HMAC-SHA256 ,=,= , ="}) {
    const Authorization parts = parse_authorization(text);
    CHECK(parts.credential == "");
    CHECK(parts.signed_headers == "");
    CHECK(parts.signature == "");
  }
}

TEST_CASE("parse_credential: requires exactly five parts") {
  const auto credential = parse_credential("key/20150830/us-east-1/lightsail/aws4_request");
  REQUIRE(credential.has_value());
  CHECK(credential->key == "key");
  CHECK(credential->region == "us-east-1");
  CHECK(credential->terminator == terminator);
  CHECK_FALSE(parse_credential("").has_value());
  CHECK_FALSE(parse_credential("a/b/c/d").has_value());
  CHECK_FALSE(parse_credential("a/b/c/d/e/f").has_value());
}

}  // namespace papersail::sigv4
