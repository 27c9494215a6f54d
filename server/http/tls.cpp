#include "server/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cstring>
#include <stdexcept>

#include "crypto/certificate.hpp"
#include "crypto/openssl.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

void require_file(bool valid, const std::string& file, const char* what) {
  if (valid) return;
  const auto error = ERR_peek_error();
  const char* reason = ERR_SYSTEM_ERROR(error) ? std::strerror(ERR_GET_REASON(error))
                                               : ERR_reason_error_string(error);
  const std::string suffix = reason == nullptr ? "" : std::string(": ") + reason;
  ERR_clear_error();
  throw std::invalid_argument(file + " is not " + what + suffix);
}

// Refuses encrypted keys: by default, OpenSSL would ask for the password on the terminal.
int no_password(char* /*into*/, int /*size*/, int /*writing*/, void* /*data*/) {
  return 0;
}

}  // namespace

Tls::Tls() : context_(openssl::checked(SSL_CTX_new(TLS_server_method()))) {
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  // No session resumption: it would save one signature (about 0.1 ms) per handshake, which is not
  // worth a session cache.
  SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context_.get(), SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context_.get(), 0);
  SSL_CTX_set_default_passwd_cb(context_.get(), no_password);
  SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);  // while a connection is idle
}

Tls Tls::from_files(const std::string& certificate, const std::string& key) {
  Tls out;
  SSL_CTX* context = out.context_.get();
  require_file(SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) == 1, certificate,
               "a certificate in PEM");
  require_file(SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) == 1, key,
               "the certificate's private key in PEM");
  return out;
}

Tls Tls::self_signed(const std::vector<std::string>& names) {
  Tls out;
  const Certificate made = make_certificate(names);
  openssl::require_success(SSL_CTX_use_certificate(out.context_.get(), made.certificate.get()) ==
                           1);
  openssl::require_success(SSL_CTX_use_PrivateKey(out.context_.get(), made.key.get()) == 1);
  return out;
}

std::string Tls::certificate() const {
  const openssl::Bio bio(openssl::checked(BIO_new(BIO_s_mem())));
  openssl::require_success(
      PEM_write_bio_X509(bio.get(), SSL_CTX_get0_certificate(context_.get())) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Tls::fingerprint() const {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  openssl::require_success(X509_digest(SSL_CTX_get0_certificate(context_.get()), EVP_sha256(),
                                       openssl::bytes(digest), &size) == 1);
  return upper(hex(digest.substr(0, size), ":"));
}

void Tls::Free::operator()(SSL_CTX* context) const {
  SSL_CTX_free(context);
}

TlsSession::TlsSession(const Tls& tls)
    : session_(openssl::checked(SSL_new(tls.context_.get()))),
      input_(openssl::checked(BIO_new(BIO_s_mem()))),
      output_(openssl::checked(BIO_new(BIO_s_mem()))) {
  SSL_set_bio(session_.get(), input_, output_);
  SSL_set_accept_state(session_.get());
}

void TlsSession::Free::operator()(SSL* session) const {
  SSL_free(session);
}

void TlsSession::feed(std::string_view bytes) {
  BIO_write(input_, bytes.data(), static_cast<int>(bytes.size()));
}

std::string TlsSession::take_output() {
  std::string out(BIO_ctrl_pending(output_), '\0');
  if (!out.empty()) BIO_read(output_, out.data(), static_cast<int>(out.size()));
  return out;
}

bool TlsSession::handshake() {
  ERR_clear_error();  // SSL_get_error reads the thread's error queue
  return succeeded(SSL_do_handshake(session_.get()));
}

std::size_t TlsSession::read(void* into, std::size_t size) {
  ERR_clear_error();
  std::size_t count = 0;
  return succeeded(SSL_read_ex(session_.get(), into, size, &count)) ? count : 0;
}

void TlsSession::write(std::string_view text) {
  ERR_clear_error();
  std::size_t count = 0;
  if (!text.empty()) succeeded(SSL_write_ex(session_.get(), text.data(), text.size(), &count));
}

void TlsSession::end() {
  ERR_clear_error();
  if (!over_ && SSL_is_init_finished(session_.get()) == 1) SSL_shutdown(session_.get());
  ERR_clear_error();
}

bool TlsSession::has_bytes() const {
  return SSL_has_pending(session_.get()) == 1 || BIO_ctrl_pending(input_) > 0;
}

bool TlsSession::succeeded(int result) {
  if (result == 1) return true;
  if (SSL_get_error(session_.get(), result) != SSL_ERROR_WANT_READ) over_ = true;
  ERR_clear_error();
  return false;
}

}  // namespace papersail
