// HTTP: bytes in, bytes out.
#pragma once

#include <memory>
#include <string>

#include "server/control/control.hpp"
#include "server/http/options.hpp"

namespace papersail {

// Serves until SIGTERM, SIGINT or `stop`, then stops accepting, finishes what is in flight and
// returns from `run`.
class HttpServer {
 public:
  // Binds at once; throws std::runtime_error when the address is none, taken or not ours.
  // What `control` refers to must outlive the server.
  HttpServer(const Control& control, const ServerOptions& options);
  ~HttpServer();
  // "http://127.0.0.1:4566", with the port that it got; TLS is spoken there too if there is any.
  std::string address() const;
  // The same of the control API's own port; "" without one.
  std::string control_address() const;
  void run();
  // Calls `step` between requests, on the thread of `run`, until it returns false or the server
  // stops. It must not throw.
  void while_serving(std::function<bool()> step);
  // Ends `run`. May be called from any thread, before `run` too.
  void stop();

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace papersail
