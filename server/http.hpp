// HTTP: bytes in, bytes out.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "server/control.hpp"

namespace papersail {

struct Listening {
  std::string host = "127.0.0.1";
  unsigned short port = 4566;  // 0 picks one
  // How long a request may take to arrive, and its answer to be taken.
  std::chrono::milliseconds request_timeout{20'000};
};

// Serves until SIGTERM, SIGINT or `stop`, then stops accepting, finishes what is in flight and
// returns from `run`.
class HttpServer {
 public:
  // Binds at once; throws std::runtime_error when the address is none, taken or not ours.
  // What `control` refers to must outlive the server.
  HttpServer(const Control& control, const Listening& where);
  ~HttpServer();
  // "http://127.0.0.1:4566", with the port that it got.
  std::string address() const;
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
