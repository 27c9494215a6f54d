// TLS without sockets: bytes in, bytes out.
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

// The server's side of it: a certificate and its key.
class Tls {
 public:
  // Of PEM files, the certificate's with its chain. Throws std::runtime_error that names the file.
  static Tls from_files(const std::string& certificate, const std::string& key);
  // A certificate made now for these names and addresses ("DNS:localhost", "IP:127.0.0.1"), which
  // clients have to be told to trust.
  static Tls self_signed(const std::vector<std::string>& names);

  // The server's own certificate in PEM.
  std::string certificate() const;
  // The SHA-256 of it, "AB:CD:...".
  std::string fingerprint() const;

 private:
  friend class TlsSession;
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  Tls();

  std::unique_ptr<ssl_ctx_st, Free> context_;
};

// Whether a connection that begins with this byte is one of TLS: its handshake record.
constexpr bool is_tls(unsigned char first_byte) {
  return first_byte == 0x16;
}

// One connection's.
class TlsSession {
 public:
  explicit TlsSession(const Tls& tls);

  // What came from the client.
  void feed(std::string_view bytes);
  // What has to go to it, each byte once. Ask after every other call.
  std::string take_output();

  // Goes on with the handshake; true once it is done.
  bool handshake();
  // At most `size` bytes of what the client said; 0: it has to be fed more first, or is over.
  std::size_t read(void* into, std::size_t size);
  void write(std::string_view text);
  // Says that nothing more will be written.
  void end();
  // Whether more has been fed than was read.
  bool has_bytes() const;
  // The client has ended it, or broken it: nothing more comes.
  bool is_over() const { return over_; }

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  // Whether an operation did something; if not, whether it is for good.
  bool succeeded(int result);

  std::unique_ptr<ssl_st, Free> session_;
  bio_st* input_;  // the session owns both
  bio_st* output_;
  bool over_ = false;
};

}  // namespace papersail
