// The other side of TLS: a client that trusts one certificate.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;
struct bio_st;

namespace papersail {

// Bytes in, bytes out, as TlsSession.
class TlsClient {
 public:
  // `name`: who it wants to speak to. `certificate` in PEM.
  TlsClient(const std::string& certificate, const std::string& name);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  void feed(std::string_view bytes);
  std::string take_output();
  // True once it is done; throws std::runtime_error with OpenSSL's reason when it cannot be.
  bool handshake();
  void write(std::string_view text);
  // All that has come.
  std::string read();
  void end();
  // Whether the server has said that it is done.
  bool is_ended() const;

 private:
  ssl_ctx_st* context_;
  ssl_st* session_;
  bio_st* input_;
  bio_st* output_;
};

}  // namespace papersail
