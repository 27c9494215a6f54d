// Keys as OpenSSL holds them: made from a stream of bytes, imported, read, and written as blobs.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/openssl.hpp"
#include "crypto/ssh_stream.hpp"

namespace papersail::ssh {

// Numbers under OpenSSL's names for them, OSSL_PKEY_PARAM_RSA_N and so on.
using NamedNumbers = std::initializer_list<std::pair<const char*, const BIGNUM*>>;

// The RSA key of `numbers`; `selection` is EVP_PKEY_KEYPAIR or EVP_PKEY_PUBLIC_KEY.
Key import_rsa(int selection, NamedNumbers numbers);

// The Ed25519 key whose secret is the next 32 bytes of `stream`.
Key make_ed25519_key(Stream stream);

// The private key of a PEM text.
// Throws std::invalid_argument unless it is one that is not encrypted.
Key read_private(std::string_view pem);

// The blobs of the public halves of an RSA key and of an Ed25519 key.
std::string rsa_blob(const Key& key);
std::string ed25519_blob(const Key& key);

}  // namespace papersail::ssh
