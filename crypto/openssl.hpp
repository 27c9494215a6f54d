// RAII types for OpenSSL's objects, exceptions for its failures, and shared helpers.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace papersail::openssl {

// A deleter for unique_ptr that calls a function of OpenSSL.
template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Bn = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using BnCtx = std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>>;
using Group = std::unique_ptr<EC_GROUP, Deleter<EC_GROUP_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using KeyCtx = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<PKCS8_PRIV_KEY_INFO_free>>;
using Point = std::unique_ptr<EC_POINT, Deleter<EC_POINT_free>>;

// Throws std::invalid_argument with `message` unless `good`. For checks of the caller's input.
void require_valid(bool good, const char* message);

// Throws std::runtime_error with OpenSSL's reason unless `done`. For calls of OpenSSL.
void require_success(bool done);

// Returns `object`; throws like `require_success` if it is null.
template <typename T>
T* checked(T* object) {
  require_success(object != nullptr);
  return object;
}

// Return the bytes of `text` with the pointer type of OpenSSL. Valid as long as `text`.
inline const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// Returns the hash of `data`, as bytes.
std::string digest(const EVP_MD* kind, std::string_view data);

// Returns the HMAC-SHA256 of `data`, as bytes.
std::string hmac(std::string_view key, std::string_view data);

// True if both are equal. Takes the same time wherever they differ.
bool equal_secrets(std::string_view one, std::string_view other);

// Returns `data` in base64, padded, on one line.
std::string base64(std::string_view data);
// Returns the bytes of such a text; nullopt if it is invalid.
std::optional<std::string> base64_decoded(std::string_view text);

// Returns the number 0.
Bn new_number();

// Returns the number with these bytes, the most significant first.
Bn number(std::string_view data);

}  // namespace papersail::openssl

namespace papersail::ssh {
using namespace openssl;
}
