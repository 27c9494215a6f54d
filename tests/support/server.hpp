// A papersail with a socket, in a thread of the test's own.
#pragma once

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "server/dispatch/dispatch.hpp"
#include "server/http/server.hpp"
#include "state/account.hpp"
#include "tests/support/wire_client.hpp"

namespace papersail {

// On a free port, where a request may take half a second to arrive. Silences the log.
ServerOptions anywhere();

class Server {
 public:
  // With all actions.
  Server();
  explicit Server(const std::vector<Action>& actions, const ServerOptions& options = anywhere(),
                  Auth auth = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  int control_port() const;
  WireClient client() const { return WireClient(port()); }
  // The answer to bytes that are sent over a connection of their own.
  std::optional<WireResponse> ask(std::string_view bytes) const;
  // Whether a good request is answered: whatever came before has done no harm.
  bool is_well() const;
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

// An action that succeeds and needs nothing.
inline const std::string good_request = request_for("GetActiveNames");

}  // namespace papersail
