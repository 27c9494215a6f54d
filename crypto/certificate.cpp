#include "crypto/certificate.hpp"

#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr long day = 24 * 60 * 60;

void set_serial(X509* certificate) {
  std::uint64_t serial = 0;
  openssl::require_success(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) ==
                           1);
  openssl::require_success(
      ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1);
}

void set_names(X509* certificate) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string text = "papersail";
  openssl::require_success(
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, openssl::bytes(text), -1, -1, 0) == 1);
  openssl::require_success(X509_set_issuer_name(certificate, name) == 1);
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  using Extension = std::unique_ptr<X509_EXTENSION, openssl::Deleter<X509_EXTENSION_free>>;
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(
      openssl::checked(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())));
  openssl::require_success(X509_add_ext(certificate, extension.get(), -1) == 1);
}

}  // namespace

Certificate make_certificate(const std::vector<std::string>& names) {
  Certificate out{decltype(Certificate::certificate)(openssl::checked(X509_new())),
                  openssl::Key(openssl::checked(EVP_EC_gen("P-256")))};
  X509* const certificate = out.certificate.get();
  openssl::require_success(X509_set_version(certificate, X509_VERSION_3) == 1);
  set_serial(certificate);
  set_names(certificate);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -day);  // for clients whose clock is behind
  X509_gmtime_adj(X509_getm_notAfter(certificate), 824 * day);
  openssl::require_success(X509_set_pubkey(certificate, out.key.get()) == 1);
  // Not a certificate authority: rustls rejects one as a server certificate. Clients must trust
  // this certificate itself.
  add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, NID_ext_key_usage, "serverAuth");
  add_extension(certificate, NID_subject_key_identifier, "hash");
  add_extension(certificate, NID_subject_alt_name, joined(names, ","));
  openssl::require_success(X509_sign(certificate, out.key.get(), EVP_sha256()) != 0);
  return out;
}

}  // namespace papersail
