// A client's connection to a server.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct addrinfo;

namespace papersail {

// Thrown if no server answers, or if its response is not HTTP.
struct Unreachable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Thrown if a timeout expires.
struct TimedOut : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The address of a server. Throws std::invalid_argument if the URL is not "http://host[:port]".
struct Endpoint {
  explicit Endpoint(const std::string& url);
  std::string url;  // without a final slash
  std::string host;
  std::string port;
};

// A socket with a buffer of received bytes. Its functions throw Unreachable or TimedOut.
class ClientSocket {
 public:
  // `timeout` is the time limit of each read, write or connect; zero means no limit.
  ClientSocket(const Endpoint& endpoint, std::chrono::milliseconds timeout);
  ~ClientSocket();
  ClientSocket(const ClientSocket&) = delete;
  ClientSocket& operator=(const ClientSocket&) = delete;

  // Returns true if the server has closed the connection or has sent unexpected bytes.
  bool is_stale() const;
  void send(std::string_view bytes);
  // Returns the next line, without the CR LF.
  std::string line();
  // Returns between one and `size` of the next bytes: those that have arrived.
  std::string some(std::size_t size);
  // Returns the bytes that have arrived, at least one; nullopt at the end of the connection.
  std::optional<std::string> any();

 private:
  int connect(const addrinfo& address, std::chrono::milliseconds timeout);
  void fill();
  bool receive();

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace papersail
