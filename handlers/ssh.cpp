#include "handlers/ssh.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <utility>

namespace papersail::ssh {
namespace {

constexpr std::string_view kRsa = "ssh-rsa";
constexpr std::string_view kEcdsa = "ecdsa-sha2-nistp256";
constexpr std::string_view kEd25519 = "ssh-ed25519";
constexpr std::string_view kRsaCertificate = "ssh-rsa-cert-v01@openssh.com";
constexpr std::size_t kMaxText = 16384;
constexpr int kPrimeBits = 1024;
constexpr BN_ULONG kExponent = 65537;

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

// Blames the caller's input.
void expect(bool good, const char* complaint) {
  if (!good) throw std::invalid_argument(complaint);
}

// Blames OpenSSL. Its error queue belongs to the thread, so leave it empty for the next user.
void require(bool done) {
  if (done) return;
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  const std::string message = reason == nullptr ? "unknown failure" : reason;
  ERR_clear_error();
  throw std::runtime_error("OpenSSL: " + message);
}

template <typename T>
T* made(T* object) {
  require(object != nullptr);
  return object;
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string digest(const EVP_MD* kind, std::string_view data) {
  std::string result(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  require(EVP_Digest(data.data(), data.size(), bytes(result), &size, kind, nullptr) == 1);
  result.resize(size);
  return result;
}

std::string base64(std::string_view data) {
  std::string result((data.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(bytes(result), bytes(data), static_cast<int>(data.size()));
  result.pop_back();
  return result;
}

// EVP_DecodeBlock forgives a lot; whatever it forgave does not come out again as it went in.
std::string from_base64(std::string_view text) {
  expect(!text.empty() && text.size() <= kMaxText, "The key's base64 is empty or too long.");
  std::string data(text.size(), '\0');
  const int size = EVP_DecodeBlock(bytes(data), bytes(text), static_cast<int>(text.size()));
  const auto padding = text.size() - (text.find_last_not_of('=') + 1);
  expect(size >= 3 && padding <= 2, "The key is not valid base64.");
  data.resize(static_cast<std::size_t>(size) - padding);
  expect(base64(data) == text, "The key is not valid base64.");
  return data;
}

std::string colon_hex(std::string_view data) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (const char c : data) {
    const auto value = static_cast<unsigned char>(c);
    if (!result.empty()) result += ':';
    result += digits[value >> 4];
    result += digits[value & 15];
  }
  return result;
}

std::string be64(std::uint64_t value) {
  std::string result;
  for (int shift = 56; shift >= 0; shift -= 8) result += static_cast<char>(value >> shift & 0xff);
  return result;
}

// RFC 4251, section 5: the wire's uint32, string and mpint.
std::string be32(std::size_t value) {
  return be64(value).substr(4);
}

std::string wire(std::string_view text) {
  return be32(text.size()).append(text);
}

Bn number(std::string_view data) {
  return Bn(made(BN_bin2bn(bytes(data), static_cast<int>(data.size()), nullptr)));
}

std::string wire(const BIGNUM* value) {
  // One bit more than the number has, for the sign.
  std::string data(static_cast<std::size_t>(BN_num_bits(value) / 8 + 1), '\0');
  require(BN_bn2binpad(value, bytes(data), static_cast<int>(data.size())) >= 0);
  return wire(data);
}

// Reads a blob field by field; throws std::invalid_argument where it breaks off.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  std::string_view rest() const { return rest_; }

  std::string_view text() {
    const auto size = length(take(4));
    return take(size);
  }

  Bn positive() {
    const auto data = text();
    Bn value = number(data);
    expect(wire(value.get()).substr(4) == data, "The key holds a number in a wrong form.");
    return value;
  }

 private:
  static std::size_t length(std::string_view field) {
    std::size_t value = 0;
    for (const unsigned char c : field) value = value << 8 | c;
    return value;
  }

  std::string_view take(std::size_t count) {
    expect(count <= rest_.size(), "The key is cut short.");
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

struct RsaPublic {
  Bn exponent;
  Bn modulus;
};

RsaPublic read_rsa(Reader reader) {
  Bn exponent = reader.positive();
  Bn modulus = reader.positive();
  expect(reader.rest().empty(), "The key has extra bytes at its end.");
  const int bits = BN_num_bits(modulus.get());
  expect(bits >= 1024 && bits <= 16384, "The RSA modulus is not of 1024 to 16384 bits.");
  expect(BN_is_odd(modulus.get()) == 1, "The RSA modulus is even.");
  expect(BN_is_odd(exponent.get()) == 1 && BN_is_one(exponent.get()) == 0 &&
             BN_cmp(exponent.get(), modulus.get()) < 0,
         "The RSA exponent is out of range.");
  return {std::move(exponent), std::move(modulus)};
}

void check_ed25519(Reader reader) {
  expect(reader.text().size() == 32, "The Ed25519 key is not of 32 bytes.");
  expect(reader.rest().empty(), "The key has extra bytes at its end.");
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(space)));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

// Parts "type base64 comment"; without the second word, `type` is empty and `body` the only word.
struct Line {
  std::string_view type;
  std::string_view body;
};

Line split(std::string_view text) {
  constexpr std::string_view blank = " \t";
  const auto line = trim(text);
  const auto gap = line.find_first_of(blank);
  if (gap == std::string_view::npos) return {{}, line};
  const auto rest = trim(line.substr(gap));
  return {line.substr(0, gap), rest.substr(0, rest.find_first_of(blank))};
}

// The blob of a text or of bare base64. It must start with the type that the text claims.
std::string blob_of(std::string_view key) {
  const auto line = split(key);
  std::string blob = from_base64(line.body);
  const auto type = Reader(blob).text();
  expect(!type.empty() && (line.type.empty() || line.type == type),
         "The key is of another type than its text says.");
  return blob;
}

// The fields after the type, still encoded.
Reader fields_of(std::string_view blob) {
  Reader reader(blob);
  reader.text();
  return reader;
}

// The blob of a text that must be ssh-rsa.
std::string rsa_blob(std::string_view public_text) {
  const auto text = parse_public_key(public_text);
  expect(text.starts_with(kRsa), "The key is not an RSA key.");
  return blob_of(text);
}

std::string text_of(std::string_view type, std::string_view blob) {
  return std::string(type) + ' ' + base64(blob);
}

// Endless bytes, fixed by a purpose and a seed: SHA-256 in counter mode. We use our own stream
// rather than a seeded OpenSSL generator, since that has to be swapped for the whole process and
// key generation draws from it differently from one OpenSSL version to the next.
class Stream {
 public:
  Stream(std::string_view purpose, std::uint64_t seed) : prefix_(purpose) { prefix_ += be64(seed); }

  std::string take(std::size_t count) {
    while (buffer_.size() < count) buffer_ += digest(EVP_sha256(), prefix_ + be64(counter_++));
    std::string taken = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return taken;
  }

 private:
  std::string prefix_;
  std::string buffer_;
  std::uint64_t counter_ = 0;
};

// Two top bits set, so that the product of two such primes has its full length.
Bn take_prime(Stream& stream) {
  for (;;) {
    Bn candidate = number(stream.take(kPrimeBits / 8));
    for (const int bit : {kPrimeBits - 1, kPrimeBits - 2, 0}) {
      require(BN_set_bit(candidate.get(), bit) == 1);
    }
    if (BN_mod_word(candidate.get(), kExponent) == 1) continue;
    // Its random bases do not matter here: a prime always passes, and nothing else ever does.
    const int verdict = BN_check_prime(candidate.get(), nullptr, nullptr);
    require(verdict >= 0);
    if (verdict == 1) return candidate;
  }
}

using NamedNumbers = std::initializer_list<std::pair<const char*, const BIGNUM*>>;

Key import_rsa(int selection, NamedNumbers numbers) {
  const ParamBuilder builder(made(OSSL_PARAM_BLD_new()));
  for (const auto& [name, value] : numbers) {
    require(OSSL_PARAM_BLD_push_BN(builder.get(), name, value) == 1);
  }
  const Params params(made(OSSL_PARAM_BLD_to_param(builder.get())));
  const KeyCtx context(made(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)));
  require(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  require(EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) == 1);
  return Key(key);
}

Bn new_number() {
  return Bn(made(BN_new()));
}

Bn less_one(const Bn& value) {
  Bn result(made(BN_dup(value.get())));
  require(BN_sub_word(result.get(), 1) == 1);
  return result;
}

Bn product(const Bn& a, const Bn& b, const BnCtx& context) {
  Bn result = new_number();
  require(BN_mul(result.get(), a.get(), b.get(), context.get()) == 1);
  return result;
}

Bn remainder(const Bn& value, const Bn& modulus, const BnCtx& context) {
  Bn result = new_number();
  require(BN_nnmod(result.get(), value.get(), modulus.get(), context.get()) == 1);
  return result;
}

Bn inverse(const Bn& value, const Bn& modulus, const BnCtx& context) {
  return Bn(made(BN_mod_inverse(nullptr, value.get(), modulus.get(), context.get())));
}

Key make_rsa_key(Stream stream) {
  const BnCtx context(made(BN_CTX_new()));
  const Bn p = take_prime(stream);
  const Bn q = take_prime(stream);
  const Bn p1 = less_one(p);
  const Bn q1 = less_one(q);
  const Bn n = product(p, q, context);
  const Bn e = new_number();
  require(BN_set_word(e.get(), kExponent) == 1);
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

std::string rsa_blob(const Key& key) {
  std::string blob = wire(kRsa);
  for (const char* name : {OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_N}) {
    BIGNUM* value = nullptr;
    require(EVP_PKEY_get_bn_param(key.get(), name, &value) == 1);
    blob += wire(Bn(value).get());
  }
  return blob;
}

std::string pem_of(const Key& key) {
  const Bio out(made(BIO_new(BIO_s_mem())));
  require(PEM_write_bio_PrivateKey_traditional(out.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                               nullptr) == 1);
  std::string pem(BIO_pending(out.get()), '\0');
  require(BIO_read(out.get(), pem.data(), static_cast<int>(pem.size())) > 0);
  return pem;
}

// Without a callback OpenSSL would ask for the passphrase on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

Key read_private(std::string_view pem) {
  expect(!pem.empty() && pem.size() <= kMaxText, "The private key is empty or too long.");
  const Bio in(made(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))));
  Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  expect(key != nullptr, "The private key is not an unencrypted PEM key.");
  return key;
}

template <auto Encode, typename T>
std::string der_of(const T* object) {
  const int size = Encode(object, nullptr);
  require(size > 0);
  std::string der(static_cast<std::size_t>(size), '\0');
  unsigned char* out = bytes(der);
  require(Encode(object, &out) == size);
  return der;
}

std::string ecdsa_blob(Stream stream) {
  const Group group(made(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)));
  const BIGNUM* order = made(EC_GROUP_get0_order(group.get()));
  Bn scalar;
  do {
    scalar = number(stream.take(32));
  } while (BN_is_zero(scalar.get()) == 1 || BN_cmp(scalar.get(), order) >= 0);
  const Point point(made(EC_POINT_new(group.get())));
  require(EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1);
  std::string coded(65, '\0');
  require(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes(coded),
                             coded.size(), nullptr) == coded.size());
  return wire(kEcdsa) + wire("nistp256") + wire(coded);
}

Key make_ed25519_key(Stream stream) {
  const auto secret = stream.take(32);
  return Key(made(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(secret), 32)));
}

Key authority_key(std::uint64_t ca_seed) {
  return make_ed25519_key(Stream("certificate authority", ca_seed));
}

std::string ed25519_blob(const Key& key) {
  std::string point(32, '\0');
  std::size_t size = point.size();
  require(EVP_PKEY_get_raw_public_key(key.get(), bytes(point), &size) == 1);
  return wire(kEd25519) + wire(point);
}

std::string sign_ed25519(const Key& key, std::string_view data) {
  const MdCtx context(made(EVP_MD_CTX_new()));
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  require(EVP_DigestSign(context.get(), bytes(signature), &size, bytes(data), data.size()) == 1);
  return wire(kEd25519) + wire(signature);
}

// The format wants these in the order of their bytes.
std::string certificate_extensions() {
  std::string result;
  for (const char* name : {"permit-X11-forwarding", "permit-agent-forwarding",
                           "permit-port-forwarding", "permit-pty", "permit-user-rc"}) {
    result += wire(name) + wire("");
  }
  return result;
}

// All of a certificate but the signature, which is over just this.
std::string certificate_body(const CertificateRequest& request, const Key& authority) {
  constexpr std::size_t user = 1;
  const auto subject = rsa_blob(request.subject_public_text);
  Stream nonce("certificate nonce " + std::to_string(request.serial), request.ca_seed);
  std::string body = wire(kRsaCertificate) + wire(nonce.take(32));
  body += fields_of(subject).rest();
  body += be64(request.serial) + be32(user) + wire(request.key_id) + wire(wire(request.principal));
  body += be64(request.valid_after) + be64(request.valid_before);
  body += wire("") + wire(certificate_extensions()) + wire("") + wire(ed25519_blob(authority));
  return body;
}

std::string unpadded_fingerprint(std::string_view name, const EVP_MD* kind, std::string_view key) {
  std::string result = base64(digest(kind, blob_of(key)));
  result.resize(result.find_last_not_of('=') + 1);
  return std::string(name) + ':' + result;
}

// PKCS#1 v1.5, RFC 8017 section 7.2.1: 00 02, eight or more bytes that are not 00, 00, the secret.
std::string pad(std::string_view secret, std::size_t size, Stream stream) {
  expect(secret.size() + 11 <= size, "The secret is too long for the key.");
  std::string padded("\x00\x02", 2);
  while (padded.size() < size - secret.size() - 1) {
    const auto next = stream.take(1);
    if (next[0] != '\0') padded += next;
  }
  return padded.append(1, '\0').append(secret);
}

}  // namespace

KeyPair make_rsa(std::uint64_t seed) {
  const Key key = make_rsa_key(Stream("rsa key pair", seed));
  return {text_of(kRsa, rsa_blob(key)), pem_of(key)};
}

std::string public_text_of(std::string_view private_pem) {
  const Key key = read_private(private_pem);
  expect(EVP_PKEY_is_a(key.get(), "RSA") == 1, "The private key is not an RSA key.");
  return text_of(kRsa, rsa_blob(key));
}

std::vector<HostKey> make_host_keys(std::uint64_t seed) {
  const Key rsa = make_rsa_key(Stream("rsa host key", seed));
  const Key ed25519 = make_ed25519_key(Stream("ed25519 host key", seed));
  return {{std::string(kRsa), base64(rsa_blob(rsa))},
          {std::string(kEcdsa), base64(ecdsa_blob(Stream("ecdsa host key", seed)))},
          {std::string(kEd25519), base64(ed25519_blob(ed25519))}};
}

std::string fingerprint_sha1(std::string_view key) {
  return unpadded_fingerprint("SHA1", EVP_sha1(), key);
}

std::string fingerprint_sha256(std::string_view key) {
  return unpadded_fingerprint("SHA256", EVP_sha256(), key);
}

std::string created_key_fingerprint(std::string_view private_pem) {
  const Key key = read_private(private_pem);
  const Pkcs8 info(made(EVP_PKEY2PKCS8(key.get())));
  return colon_hex(digest(EVP_sha1(), der_of<i2d_PKCS8_PRIV_KEY_INFO>(info.get())));
}

std::string imported_key_fingerprint(std::string_view public_text) {
  const auto text = parse_public_key(public_text);
  const auto blob = blob_of(text);
  if (text.starts_with(kEd25519)) return base64(digest(EVP_sha256(), blob));
  const auto rsa = read_rsa(fields_of(blob));
  const Key key = import_rsa(EVP_PKEY_PUBLIC_KEY, {{OSSL_PKEY_PARAM_RSA_N, rsa.modulus.get()},
                                                   {OSSL_PKEY_PARAM_RSA_E, rsa.exponent.get()}});
  return colon_hex(digest(EVP_md5(), der_of<i2d_PUBKEY>(key.get())));
}

std::string parse_public_key(std::string_view text) {
  expect(text.size() <= kMaxText, "The key is too long.");
  const auto is_control = [](unsigned char c) { return c != '\t' && (c < ' ' || c == 127); };
  expect(std::ranges::none_of(trim(text), is_control), "The key is not a single line of text.");
  const auto type = split(text).type;
  expect(type == kRsa || type == kEd25519, "The key is not of type ssh-rsa or ssh-ed25519.");
  const auto blob = blob_of(text);
  if (type == kRsa) {
    read_rsa(fields_of(blob));
  } else {
    check_ed25519(fields_of(blob));
  }
  return text_of(type, blob);
}

std::string make_certificate(const CertificateRequest& request) {
  expect(!request.principal.empty(), "A certificate needs a principal.");
  expect((request.key_id + request.principal).find('\0') == std::string::npos,
         "A certificate's key id and principal are text.");
  expect(request.valid_after < request.valid_before, "The certificate is never valid.");
  const Key authority = authority_key(request.ca_seed);
  const auto body = certificate_body(request, authority);
  return text_of(kRsaCertificate, body + wire(sign_ed25519(authority, body)));
}

std::string authority_public_text(std::uint64_t ca_seed) {
  return text_of(kEd25519, ed25519_blob(authority_key(ca_seed)));
}

std::string encrypt_for(std::string_view public_text, std::string_view secret, std::uint64_t seed) {
  const auto key = read_rsa(fields_of(rsa_blob(public_text)));
  std::string data(static_cast<std::size_t>(BN_num_bytes(key.modulus.get())), '\0');
  const Bn plain = number(pad(secret, data.size(), Stream("password padding", seed)));
  const Bn cipher = new_number();
  const BnCtx context(made(BN_CTX_new()));
  require(BN_mod_exp(cipher.get(), plain.get(), key.exponent.get(), key.modulus.get(),
                     context.get()) == 1);
  require(BN_bn2binpad(cipher.get(), bytes(data), static_cast<int>(data.size())) >= 0);
  return base64(data);
}

}  // namespace papersail::ssh
