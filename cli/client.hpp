// A small blocking HTTP client, which the commands use to call a server.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cli/client_socket.hpp"

namespace papersail {

using Headers = std::map<std::string, std::string, std::less<>>;

struct Reply {
  int status = 0;
  Headers headers;  // by lower-case name
  std::string body;
};

// A client of one server. It connects at the first request, and again if the connection is closed.
class Client {
 public:
  // `timeout` is the time to wait for the next bytes; zero means no limit.
  Client(Endpoint endpoint, std::chrono::milliseconds timeout);

  const Endpoint& endpoint() const { return endpoint_; }
  // Sends a request and returns the response. Throws Unreachable or TimedOut.
  Reply ask(std::string_view method, std::string_view path, std::string_view body = "",
            const Headers& headers = {}) {
    return stream(method, path, body, headers, nullptr);
  }
  // Passes each piece of a successful response's body to `sink` as it arrives, until the body ends
  // or `sink` returns false. The body of an error is in the reply. Throws Unreachable or TimedOut.
  Reply stream(std::string_view method, std::string_view path, std::string_view body,
               const Headers& headers, const std::function<bool(std::string_view)>& sink);

 private:
  Endpoint endpoint_;
  std::chrono::milliseconds timeout_;
  std::unique_ptr<ClientSocket> idle_;  // connected, without an open request
};

}  // namespace papersail
