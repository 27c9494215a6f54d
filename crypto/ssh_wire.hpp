// SSH's formats of public keys: the fields of a blob (RFC 4251, section 5), blobs and texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/openssl.hpp"

namespace papersail::ssh {

constexpr std::string_view rsa_type = "ssh-rsa";
constexpr std::string_view ed25519_type = "ssh-ed25519";
constexpr std::size_t max_text = 16384;  // characters of a public or private key that is parsed

// Encode a uint64 or uint32.
std::string be64(std::uint64_t value);
std::string be32(std::size_t value);

// Encode a string or, for a number that is not negative, an mpint.
std::string wire(std::string_view text);
std::string wire(const BIGNUM* value);

// Reads a blob field by field; throws std::invalid_argument if the blob is truncated.
// Does not own the blob, which must outlive the reader and the views that it returns.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  // Returns the bytes that have not been read.
  std::string_view rest() const { return rest_; }

  // Reads a string.
  std::string_view text();
  // Reads an mpint; throws std::invalid_argument if it is negative or not in its shortest form.
  Bn positive();

 private:
  std::string_view take(std::size_t count);

  std::string_view rest_;
};

// The numbers of an RSA public key.
struct RsaPublic {
  Bn exponent;
  Bn modulus;
};

// Reads the fields of an ssh-rsa blob after its type.
// Throws std::invalid_argument if they break a rule of parse_public_key.
RsaPublic read_rsa(Reader reader);

// Returns the blob of a text, or of base64 without a type.
// Throws std::invalid_argument if the base64 is invalid or the blob's type is not that of the text.
std::string blob_of(std::string_view key);

// Returns the blob of an ssh-rsa text.
// Throws std::invalid_argument for another type or a text that parse_public_key refuses.
std::string rsa_blob(std::string_view public_text);

// Returns a reader of the fields after the type. `blob` must outlive the reader.
Reader fields_of(std::string_view blob);

// Returns the text of a blob.
std::string text_of(std::string_view type, std::string_view blob);

}  // namespace papersail::ssh
