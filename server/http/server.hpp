// The HTTP server.
#pragma once

#include <memory>
#include <string>

#include "server/control/control.hpp"
#include "server/http/options.hpp"
#include "server/http/router.hpp"

namespace papersail {

// Serves until SIGTERM, SIGINT or `stop`; then it stops accepting, completes the requests in flight
// and returns from `run`.
class HttpServer {
 public:
  using RouteFunction = decltype(&papersail::route);

  // Binds immediately. Throws std::runtime_error if the address is invalid, in use or not local.
  // The objects in `control` must outlive the server. Tests pass their own `route`.
  HttpServer(const Control& control, const ServerOptions& options,
             RouteFunction route = papersail::route);
  ~HttpServer();
  // Returns "http://127.0.0.1:4566" with the actual port, which also accepts TLS if that is
  // enabled.
  std::string address() const;
  // Returns the URL of the control API's own port; "" if there is none.
  std::string control_address() const;
  // Throws the exception of an internal error that the server cannot turn into a response, after
  // it has logged the error. The server then serves no more.
  void run();
  // Calls `step` between requests, on the thread of `run`, until it returns false or the server
  // stops. `run` throws its exception.
  void while_serving(std::function<bool()> step);
  // Ends `run`. May be called from any thread, also before `run`.
  void stop();

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace papersail
