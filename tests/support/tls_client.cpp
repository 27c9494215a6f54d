#include "tests/support/tls_client.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "crypto/openssl.hpp"

namespace papersail {

TlsClient::TlsClient(const std::string& certificate, const std::string& name)
    : context_(SSL_CTX_new(TLS_client_method())) {
  const openssl::Bio text(
      BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
  X509* trusted = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr);
  X509_STORE* store = SSL_CTX_get_cert_store(context_);
  X509_STORE_add_cert(store, trusted);
  X509_STORE_set_flags(store, X509_V_FLAG_X509_STRICT);  // as Python does from 3.13 on
  X509_free(trusted);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  session_ = SSL_new(context_);
  const bool is_address =
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session_), name.c_str()) == 1;
  if (!is_address) SSL_set1_host(session_, name.c_str());
  ERR_clear_error();
  input_ = BIO_new(BIO_s_mem());
  output_ = BIO_new(BIO_s_mem());
  SSL_set_bio(session_, input_, output_);
  SSL_set_connect_state(session_);
}

TlsClient::~TlsClient() {
  SSL_free(session_);
  SSL_CTX_free(context_);
}

void TlsClient::feed(std::string_view bytes) {
  BIO_write(input_, bytes.data(), static_cast<int>(bytes.size()));
}

std::string TlsClient::take_output() {
  std::string out(BIO_ctrl_pending(output_), '\0');
  if (!out.empty()) BIO_read(output_, out.data(), static_cast<int>(out.size()));
  return out;
}

bool TlsClient::handshake() {
  ERR_clear_error();
  const int done = SSL_do_handshake(session_);
  if (done == 1) return true;
  if (SSL_get_error(session_, done) == SSL_ERROR_WANT_READ) return false;
  openssl::require_success(false);
  return false;
}

void TlsClient::write(std::string_view text) {
  SSL_write(session_, text.data(), static_cast<int>(text.size()));
}

std::string TlsClient::read() {
  std::string out;
  char piece[4096];
  for (int size = 1; size > 0;) {
    size = SSL_read(session_, piece, sizeof piece);
    if (size > 0) out.append(piece, static_cast<std::size_t>(size));
  }
  ERR_clear_error();
  return out;
}

void TlsClient::end() {
  SSL_shutdown(session_);
}

bool TlsClient::is_ended() const {
  return (SSL_get_shutdown(session_) & SSL_RECEIVED_SHUTDOWN) != 0;
}

}  // namespace papersail
