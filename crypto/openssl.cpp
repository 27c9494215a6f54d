#include "crypto/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace papersail::openssl {

void require_valid(bool good, const char* message) {
  if (!good) throw std::invalid_argument(message);
}

// Empties OpenSSL's error queue, which is shared by all calls of a thread.
void require_success(bool done) {
  if (done) return;
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  const std::string message = reason == nullptr ? "unknown failure" : reason;
  ERR_clear_error();
  throw std::runtime_error("OpenSSL: " + message);
}

std::string digest(const EVP_MD* kind, std::string_view data) {
  std::string result(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  require_success(EVP_Digest(data.data(), data.size(), bytes(result), &size, kind, nullptr) == 1);
  result.resize(size);
  return result;
}

std::string hmac(std::string_view key, std::string_view data) {
  std::string result(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  checked(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(data), data.size(),
               bytes(result), &size));
  result.resize(size);
  return result;
}

bool equal_secrets(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string base64(std::string_view data) {
  std::string result((data.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(bytes(result), bytes(data), static_cast<int>(data.size()));
  result.pop_back();
  return result;
}

std::optional<std::string> base64_decoded(std::string_view text) {
  std::string data(text.size(), '\0');
  const int size = EVP_DecodeBlock(bytes(data), bytes(text), static_cast<int>(text.size()));
  const auto padding = text.size() - (text.find_last_not_of('=') + 1);
  if (size < static_cast<int>(padding)) return std::nullopt;
  data.resize(static_cast<std::size_t>(size) - padding);
  return data;
}

Bn new_number() {
  return Bn(checked(BN_new()));
}

Bn number(std::string_view data) {
  return Bn(checked(BN_bin2bn(bytes(data), static_cast<int>(data.size()), nullptr)));
}

}  // namespace papersail::openssl
