// Public keys as SSH writes them: the fields of a blob (RFC 4251, section 5), blobs and texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/openssl.hpp"

namespace papersail::ssh {

constexpr std::string_view rsa_type = "ssh-rsa";
constexpr std::string_view ed25519_type = "ssh-ed25519";
constexpr std::size_t max_text = 16384;  // characters of a key that is read, public or private

// The wire's uint64 and uint32.
std::string be64(std::uint64_t value);
std::string be32(std::size_t value);

// The wire's string and, for a number that is not negative, mpint.
std::string wire(std::string_view text);
std::string wire(const BIGNUM* value);

// Reads a blob field by field; throws std::invalid_argument where it breaks off.
// It only looks at the blob, which must outlive it and all it returns but numbers.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  // What is not read yet.
  std::string_view rest() const { return rest_; }

  // The next string.
  std::string_view text();
  // The next mpint, which must be positive and in its shortest form.
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

// The blob of a text or of bare base64. It must start with the type that the text claims.
// Throws std::invalid_argument if it does not or the base64 is bad.
std::string blob_of(std::string_view key);

// The blob of a text that must be ssh-rsa.
// Throws std::invalid_argument if it is not or parse_public_key refuses it.
std::string rsa_blob(std::string_view public_text);

// The fields after the type, still encoded. `blob` must outlive the reader.
Reader fields_of(std::string_view blob);

// The text of a blob.
std::string text_of(std::string_view type, std::string_view blob);

}  // namespace papersail::ssh
