// A small blocking HTTP client: what the commands ask a server with.
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

// One server; connects when it is first asked, and again when the connection has ended.
class Client {
 public:
  // `patience`: how long it waits for the next bytes; zero waits for ever.
  Client(Endpoint endpoint, std::chrono::milliseconds patience);

  const Endpoint& endpoint() const { return endpoint_; }
  // These throw Unreachable and TimedOut.
  Reply ask(std::string_view method, std::string_view path, std::string_view body = "",
            const Headers& headers = {}) {
    return stream(method, path, body, headers, nullptr);
  }
  // The same for a body that comes in its own time: `take` is given each piece of it, until the
  // body ends or `take` returns false. The body of an error is in the reply.
  Reply stream(std::string_view method, std::string_view path, std::string_view body,
               const Headers& headers, const std::function<bool(std::string_view)>& take);

 private:
  Endpoint endpoint_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<ClientSocket> idle_;  // connected, nothing under way
};

}  // namespace papersail
