// A TLS client that trusts one certificate.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;
struct bio_st;

namespace papersail {

// Converts bytes to bytes without sockets, like TlsSession.
class TlsClient {
 public:
  // `certificate` is in PEM; `name` is the expected name or address of the server.
  TlsClient(const std::string& certificate, const std::string& name);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  void feed(std::string_view bytes);
  std::string take_output();
  // Returns true when the handshake is complete; throws std::runtime_error with OpenSSL's reason if
  // it fails.
  bool handshake();
  void write(std::string_view text);
  // Returns all data received so far.
  std::string read();
  void end();
  // True if the server has sent its close notification.
  bool is_ended() const;

 private:
  ssl_ctx_st* context_;
  ssl_st* session_;
  bio_st* input_;
  bio_st* output_;
};

}  // namespace papersail
