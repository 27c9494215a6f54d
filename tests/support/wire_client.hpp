// A client with a plain socket, which sends arbitrary bytes and reads responses.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace papersail {

struct WireResponse {
  int status = 0;
  int minor_version = 0;                       // of HTTP/1
  std::map<std::string, std::string> headers;  // by lower-case name
  std::string body;

  bool closes() const;
};

// Each send and receive may take `timeout` seconds.
class WireClient {
 public:
  // Throws std::runtime_error if no server listens on the port.
  explicit WireClient(int port, int timeout = 10);
  ~WireClient();
  WireClient(WireClient&& other) noexcept;
  WireClient& operator=(WireClient&&) = delete;

  // Returns false if the server does not accept all bytes.
  bool send(std::string_view bytes);
  // Shuts down the sending direction.
  void end_sending();
  // Returns the next response; nullopt at the end of the connection or after a timeout. `head`: the
  // response has no body.
  std::optional<WireResponse> response(bool head = false);
  // Returns the buffered bytes, or waits for the next ones; "" at the end of the connection or
  // after a timeout.
  std::string bytes();
  // Returns the bytes up to and including `end`; "" if `end` does not arrive.
  std::string read_until(std::string_view end);
  // True if the server closes the connection without sending more.
  bool is_closed();
  // True if the server resets the connection without sending more.
  bool is_reset();

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

// Returns a request for an action, with all headers that a client sends.
std::string request_for(std::string_view action, std::string_view body = "{}",
                        std::string_view more_headers = "");

}  // namespace papersail
