// TLS over memory buffers, without sockets.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct bio_st;
struct ssl_ctx_st;
struct ssl_st;

namespace papersail {

// The server's TLS configuration: a certificate and its private key.
class Tls {
 public:
  // Loads PEM files; the certificate's file includes its chain. Throws std::invalid_argument that
  // names the file.
  static Tls from_files(const std::string& certificate, const std::string& key);
  // Generates a certificate for these names and addresses ("DNS:localhost", "IP:127.0.0.1").
  // Clients must be configured to trust it.
  static Tls self_signed(const std::vector<std::string>& names);

  // Returns the server's certificate in PEM.
  std::string certificate() const;
  // Returns the certificate's SHA-256, "AB:CD:...".
  std::string fingerprint() const;

 private:
  friend class TlsSession;
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  Tls();

  std::unique_ptr<ssl_ctx_st, Free> context_;
};

// True if a connection that starts with this byte is TLS: the type of a handshake record.
constexpr bool is_tls(unsigned char first_byte) {
  return first_byte == 0x16;
}

// The TLS state of one connection.
class TlsSession {
 public:
  explicit TlsSession(const Tls& tls);

  // Passes bytes received from the client.
  void feed(std::string_view bytes);
  // Returns the bytes to send to the client, each byte once. Call it after every other call.
  std::string take_output();

  // Continues the handshake. Returns true once it is complete.
  bool handshake();
  // Decrypts at most `size` bytes into `into` and returns their number. 0: more input is needed, or
  // the session is over.
  std::size_t read(void* into, std::size_t size);
  void write(std::string_view text);
  // Sends close_notify: the server will write no more.
  void end();
  // True if bytes that were fed have not been read yet.
  bool has_bytes() const;
  // True if the client has closed the session or violated the protocol: no more data will arrive.
  bool is_over() const { return over_; }

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  // Returns true if the OpenSSL call succeeded. Sets `over_` on any error but a lack of input.
  bool succeeded(int result);

  std::unique_ptr<ssl_st, Free> session_;
  bio_st* input_;  // the session owns both
  bio_st* output_;
  bool over_ = false;
};

}  // namespace papersail
