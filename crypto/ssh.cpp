// Fingerprints, and encryption of Windows passwords. ssh_keys.cpp, ssh_wire.cpp and
// ssh_certificate.cpp define the rest of the header.
#include "crypto/ssh.hpp"

#include <openssl/core_names.h>

#include <cstddef>

#include "crypto/openssl.hpp"
#include "crypto/ssh_keys.hpp"
#include "crypto/ssh_stream.hpp"
#include "crypto/ssh_wire.hpp"
#include "text/encoding.hpp"

namespace papersail::ssh {
namespace {

template <auto Encode, typename T>
std::string der_of(const T* object) {
  const int size = Encode(object, nullptr);
  require_success(size > 0);
  std::string der(static_cast<std::size_t>(size), '\0');
  unsigned char* out = bytes(der);
  require_success(Encode(object, &out) == size);
  return der;
}

std::string unpadded_fingerprint(std::string_view name, const EVP_MD* kind, std::string_view key) {
  std::string result = base64(digest(kind, blob_of(key)));
  result.resize(result.find_last_not_of('=') + 1);
  return std::string(name) + ':' + result;
}

// Pads by PKCS#1 v1.5, RFC 8017 section 7.2.1: 00 02, eight or more non-zero bytes, 00, the secret.
std::string pad(std::string_view secret, std::size_t size, Stream stream) {
  require_valid(secret.size() + 11 <= size, "The secret is too long for the key.");
  std::string padded("\x00\x02", 2);
  while (padded.size() < size - secret.size() - 1) {
    const auto next = stream.take(1);
    if (next[0] != '\0') padded += next;
  }
  return padded.append(1, '\0').append(secret);
}

}  // namespace

std::string fingerprint_sha1(std::string_view key) {
  return unpadded_fingerprint("SHA1", EVP_sha1(), key);
}

std::string fingerprint_sha256(std::string_view key) {
  return unpadded_fingerprint("SHA256", EVP_sha256(), key);
}

std::string created_key_fingerprint(std::string_view private_pem) {
  const Key key = read_private(private_pem);
  const Pkcs8 info(checked(EVP_PKEY2PKCS8(key.get())));
  return hex(digest(EVP_sha1(), der_of<i2d_PKCS8_PRIV_KEY_INFO>(info.get())), ":");
}

std::string imported_key_fingerprint(std::string_view public_text) {
  const auto text = parse_public_key(public_text);
  const auto blob = blob_of(text);
  if (text.starts_with(ed25519_type)) return base64(digest(EVP_sha256(), blob));
  const auto rsa = read_rsa(fields_of(blob));
  const Key key = import_rsa(EVP_PKEY_PUBLIC_KEY, {{OSSL_PKEY_PARAM_RSA_N, rsa.modulus.get()},
                                                   {OSSL_PKEY_PARAM_RSA_E, rsa.exponent.get()}});
  return hex(digest(EVP_md5(), der_of<i2d_PUBKEY>(key.get())), ":");
}

std::string encrypt_for(std::string_view public_text, std::string_view secret, std::uint64_t seed) {
  const auto key = read_rsa(fields_of(rsa_blob(public_text)));
  std::string data(static_cast<std::size_t>(BN_num_bytes(key.modulus.get())), '\0');
  const Bn plain = number(pad(secret, data.size(), Stream("password padding", seed)));
  const Bn cipher = new_number();
  const BnCtx context(checked(BN_CTX_new()));
  require_success(BN_mod_exp(cipher.get(), plain.get(), key.exponent.get(), key.modulus.get(),
                             context.get()) == 1);
  require_success(BN_bn2binpad(cipher.get(), bytes(data), static_cast<int>(data.size())) >= 0);
  return base64(data);
}

}  // namespace papersail::ssh
