// A client of plain sockets: it sends bytes as they are, good or bad, and reads answers.
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

// Waits are bounded: `patience` seconds for an answer, then it counts as none.
class WireClient {
 public:
  // Throws std::runtime_error when nothing listens there.
  explicit WireClient(int port, int patience = 10);
  ~WireClient();
  WireClient(WireClient&& other) noexcept;
  WireClient& operator=(WireClient&&) = delete;

  // False when the other side takes no more.
  bool send(std::string_view bytes);
  // Nothing more will be sent.
  void end_sending();
  // Nothing when the connection ends or patience does. A HEAD answer has no body.
  std::optional<WireResponse> response(bool head = false);
  // What has come and was not read, or comes next; "" when the connection ends or patience does.
  std::string bytes();
  // What comes, up to and with `end`; "" if that never comes.
  std::string read_until(std::string_view end);
  // Whether the other side closes, with nothing more to read.
  bool is_closed();
  // Whether it resets the connection, with nothing more to read.
  bool is_reset();

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

// A request for an action, with all that a client sends.
std::string request_for(std::string_view action, std::string_view body = "{}",
                        std::string_view more_headers = "");

}  // namespace papersail
