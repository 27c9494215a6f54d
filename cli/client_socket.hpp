// The connection of a client to a server.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct addrinfo;

namespace papersail {

// Nothing answers there, or something that does not speak HTTP.
struct Unreachable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// It took longer than it may.
struct TimedOut : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where a server is. Throws std::invalid_argument for what is no "http://host[:port]".
struct Endpoint {
  explicit Endpoint(const std::string& url);
  std::string url;  // without a slash at its end
  std::string host;
  std::string port;
};

// A socket, and what has come from it and was not yet taken. All throw Unreachable and TimedOut.
class ClientSocket {
 public:
  // `patience`: how long it waits each time; zero waits for ever.
  ClientSocket(const Endpoint& endpoint, std::chrono::milliseconds patience);
  ~ClientSocket();
  ClientSocket(const ClientSocket&) = delete;
  ClientSocket& operator=(const ClientSocket&) = delete;

  // Whether the other side has ended it, or says what it was not asked.
  bool is_stale() const;
  void send(std::string_view bytes);
  // The next line, without its end.
  std::string line();
  // What is there already of the next `size` bytes, at least one of them.
  std::string some(std::size_t size);
  // What is there already, at least a byte; none at the end of the connection.
  std::optional<std::string> any();

 private:
  int connect(const addrinfo& address, std::chrono::milliseconds patience);
  void fill();
  bool receive();

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace papersail
