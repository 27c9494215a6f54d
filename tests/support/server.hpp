// A papersail with a socket, in a thread of the test process.
#pragma once

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "server/dispatch/dispatch.hpp"
#include "server/http/server.hpp"
#include "state/account.hpp"
#include "tests/support/wire_client.hpp"

namespace papersail {

// Returns options with a free port and a request timeout of 500 ms. Disables the log.
ServerOptions test_options();

class Server {
 public:
  // Serves all actions.
  Server();
  explicit Server(const std::vector<Action>& actions, const ServerOptions& options = test_options(),
                  Auth auth = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  int control_port() const;
  WireClient client() const { return WireClient(port()); }
  // Returns the response to bytes that are sent on a new connection.
  std::optional<WireResponse> ask(std::string_view bytes) const;
  // True if the server still answers a valid request.
  bool answers() const;
  void stop() { http_.stop(); }
  // Waits until the server has returned.
  void join();

 private:
  Accounts accounts_;
  Dispatch dispatch_;
  HttpServer http_;
  const std::string address_;
  const std::string control_address_;
  std::thread thread_;
};

// A request for an action that always succeeds.
inline const std::string good_request = request_for("GetActiveNames");

}  // namespace papersail
