// OpenSSL keys: generated from a stream of bytes, imported, parsed, and written as blobs.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/openssl.hpp"
#include "crypto/ssh_stream.hpp"

namespace papersail::ssh {

// Numbers with OpenSSL's names of them, such as OSSL_PKEY_PARAM_RSA_N.
using NamedNumbers = std::initializer_list<std::pair<const char*, const BIGNUM*>>;

// Returns the RSA key of `numbers`; `selection` is EVP_PKEY_KEYPAIR or EVP_PKEY_PUBLIC_KEY.
Key import_rsa(int selection, NamedNumbers numbers);

// Returns the Ed25519 key whose secret is the next 32 bytes of `stream`.
Key make_ed25519_key(Stream stream);

// Parses the private key of a PEM text.
// Throws std::invalid_argument if the text is not an unencrypted private key.
Key read_private(std::string_view pem);

// Return the blob of the public half of an RSA or Ed25519 key.
std::string rsa_blob(const Key& key);
std::string ed25519_blob(const Key& key);

}  // namespace papersail::ssh
