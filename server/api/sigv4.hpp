// AWS Signature Version 4: the canonical request and its signature, independent of accounts, clocks
// and policies.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace papersail::sigv4 {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view terminator = "aws4_request";

using Header = std::pair<std::string_view, std::string_view>;  // name in any case, value

// A received request. The views are valid as long as the request.
struct Message {
  std::string_view method;
  std::string_view uri;  // path and query
  std::span<const Header> headers;
  std::string_view body;
  bool is_s3 = false;  // S3 has rules of its own for the path and the body
};

// Returns the header's values joined by commas, nullopt if the header is absent. `name` is in lower
// case.
std::optional<std::string> value_of(std::span<const Header> headers, std::string_view name);

// The parts of "AWS4-HMAC-SHA256 Credential=..., SignedHeaders=host;x-amz-date, Signature=..."; a
// missing part is empty.
struct Authorization {
  std::string_view algorithm;
  std::string_view credential;
  std::string_view signed_headers;
  std::string_view signature;
};
Authorization parse_authorization(std::string_view header);

// The parts of "key/20150830/us-east-1/lightsail/aws4_request".
struct Credential {
  std::string_view key;
  std::string_view date;
  std::string_view region;
  std::string_view service;
  std::string_view terminator;
};
// Returns nullopt unless the text has exactly these five parts.
std::optional<Credential> parse_credential(std::string_view text);

// Returns the credential in the query of a presigned URL; "" if there is none.
std::string presigned_credential(std::string_view uri);

// Returns the SHA-256 of a body in lower-case hex.
std::string payload_hash(std::string_view body);

// Returns the hash of the body as the client signs it: a client of S3 may leave the body unsigned.
std::string signed_hash(const Message& message);

// Returns the canonical form of the message. `signed_headers`: "host;x-amz-date".
std::string canonical_request(const Message& message, std::string_view signed_headers);

// Returns the signature that the owner of `secret` sends. `date`: "20150830T123600Z".
std::string signature(std::string_view secret, const Credential& credential, std::string_view date,
                      std::string_view canonical_request);

}  // namespace papersail::sigv4
