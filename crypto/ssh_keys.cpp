#include "crypto/ssh_keys.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "crypto/primes.hpp"
#include "crypto/ssh.hpp"
#include "crypto/ssh_wire.hpp"

namespace papersail::ssh {
namespace {

constexpr std::string_view ecdsa_type = "ecdsa-sha2-nistp256";
constexpr BN_ULONG public_exponent = 65537;

std::uint64_t random_number(Stream& stream) {
  std::uint64_t out = 0;
  for (const char byte : stream.take(8)) out = out << 8 | static_cast<unsigned char>(byte);
  return out;
}

Bn less_one(const Bn& value) {
  Bn result(checked(BN_dup(value.get())));
  require_success(BN_sub_word(result.get(), 1) == 1);
  return result;
}

Bn product(const Bn& a, const Bn& b, const BnCtx& context) {
  Bn result = new_number();
  require_success(BN_mul(result.get(), a.get(), b.get(), context.get()) == 1);
  return result;
}

Bn remainder(const Bn& value, const Bn& modulus, const BnCtx& context) {
  Bn result = new_number();
  require_success(BN_nnmod(result.get(), value.get(), modulus.get(), context.get()) == 1);
  return result;
}

Bn inverse(const Bn& value, const Bn& modulus, const BnCtx& context) {
  return Bn(checked(BN_mod_inverse(nullptr, value.get(), modulus.get(), context.get())));
}

// A random index, and another one.
std::pair<std::uint64_t, std::uint64_t> two_indices(Stream& stream) {
  const std::uint64_t count = prime_count();
  const std::uint64_t first = random_number(stream) % count;
  const std::uint64_t second = random_number(stream) % (count - 1);
  return {first, second < first ? second : second + 1};
}

// Searching for new primes takes a tenth of a second. Multiplying two known ones takes less than a
// millisecond, and no key of an emulator protects anything.
Key make_rsa_key(Stream stream) {
  const BnCtx context(checked(BN_CTX_new()));
  const auto [first, second] = two_indices(stream);
  const Bn p = prime(first);
  const Bn q = prime(second);
  const Bn p1 = less_one(p);
  const Bn q1 = less_one(q);
  const Bn n = product(p, q, context);
  const Bn e = new_number();
  require_success(BN_set_word(e.get(), public_exponent) == 1);
  const Bn d = inverse(e, product(p1, q1, context), context);
  const Bn dp = remainder(d, p1, context);
  const Bn dq = remainder(d, q1, context);
  const Bn qi = inverse(q, p, context);
  return import_rsa(EVP_PKEY_KEYPAIR, {{OSSL_PKEY_PARAM_RSA_N, n.get()},
                                       {OSSL_PKEY_PARAM_RSA_E, e.get()},
                                       {OSSL_PKEY_PARAM_RSA_D, d.get()},
                                       {OSSL_PKEY_PARAM_RSA_FACTOR1, p.get()},
                                       {OSSL_PKEY_PARAM_RSA_FACTOR2, q.get()},
                                       {OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get()},
                                       {OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get()},
                                       {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi.get()}});
}

std::string pem_of(const Key& key) {
  const Bio out(checked(BIO_new(BIO_s_mem())));
  require_success(PEM_write_bio_PrivateKey_traditional(out.get(), key.get(), nullptr, nullptr, 0,
                                                       nullptr, nullptr) == 1);
  std::string pem(BIO_pending(out.get()), '\0');
  require_success(BIO_read(out.get(), pem.data(), static_cast<int>(pem.size())) > 0);
  return pem;
}

// Without this callback, OpenSSL would ask for the passphrase on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

std::string ecdsa_blob(Stream stream) {
  const Group group(checked(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)));
  const BIGNUM* order = checked(EC_GROUP_get0_order(group.get()));
  Bn scalar;
  do {
    scalar = number(stream.take(32));
  } while (BN_is_zero(scalar.get()) == 1 || BN_cmp(scalar.get(), order) >= 0);
  const Point point(checked(EC_POINT_new(group.get())));
  require_success(EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) ==
                  1);
  std::string coded(65, '\0');
  require_success(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                                     bytes(coded), coded.size(), nullptr) == coded.size());
  return wire(ecdsa_type) + wire("nistp256") + wire(coded);
}

}  // namespace

Key import_rsa(int selection, NamedNumbers numbers) {
  const ParamBuilder builder(checked(OSSL_PARAM_BLD_new()));
  for (const auto& [name, value] : numbers) {
    require_success(OSSL_PARAM_BLD_push_BN(builder.get(), name, value) == 1);
  }
  const Params params(checked(OSSL_PARAM_BLD_to_param(builder.get())));
  const KeyCtx context(checked(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)));
  require_success(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  require_success(EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) == 1);
  return Key(key);
}

Key make_ed25519_key(Stream stream) {
  const auto secret = stream.take(32);
  return Key(checked(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(secret), 32)));
}

Key read_private(std::string_view pem) {
  require_valid(!pem.empty() && pem.size() <= max_text, "The private key is empty or too long.");
  const Bio in(checked(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))));
  Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  require_valid(key != nullptr, "The private key is not an unencrypted PEM key.");
  return key;
}

std::string rsa_blob(const Key& key) {
  std::string blob = wire(rsa_type);
  for (const char* name : {OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_N}) {
    BIGNUM* value = nullptr;
    require_success(EVP_PKEY_get_bn_param(key.get(), name, &value) == 1);
    blob += wire(Bn(value).get());
  }
  return blob;
}

std::string ed25519_blob(const Key& key) {
  std::string point(32, '\0');
  std::size_t size = point.size();
  require_success(EVP_PKEY_get_raw_public_key(key.get(), bytes(point), &size) == 1);
  return wire(ed25519_type) + wire(point);
}

KeyPair make_rsa(std::uint64_t seed) {
  const Key key = make_rsa_key(Stream("rsa key pair", seed));
  return {text_of(rsa_type, rsa_blob(key)), pem_of(key)};
}

std::string public_text_of(std::string_view private_pem) {
  const Key key = read_private(private_pem);
  require_valid(EVP_PKEY_is_a(key.get(), "RSA") == 1, "The private key is not an RSA key.");
  return text_of(rsa_type, rsa_blob(key));
}

std::vector<HostKey> make_host_keys(std::uint64_t seed) {
  const Key rsa = make_rsa_key(Stream("rsa host key", seed));
  const Key ed25519 = make_ed25519_key(Stream("ed25519 host key", seed));
  return {{std::string(rsa_type), base64(rsa_blob(rsa))},
          {std::string(ecdsa_type), base64(ecdsa_blob(Stream("ecdsa host key", seed)))},
          {std::string(ed25519_type), base64(ed25519_blob(ed25519))}};
}

}  // namespace papersail::ssh
