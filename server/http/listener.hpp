// Accepts connections, enforces their timeouts and their number, and shuts them down in order.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <list>
#include <string>

#include "server/http/connection.hpp"
#include "server/http/options.hpp"

namespace papersail {

class Listener {
 public:
  // Serves a connection, which is closed when the coroutine returns.
  using Serve = std::function<net::awaitable<void>(Connection&)>;

  // Binds immediately. Throws std::runtime_error if the address is invalid, in use or not local.
  // `connections` must outlive `io`, whose coroutines refer to it.
  Listener(net::io_context& io, Connections& connections, const ServerOptions& options);
  // Accepts connections until SIGTERM, SIGINT or `stop`; `io` runs out of work when the last
  // connection has closed after that. Calls `maintenance` ten times a second. `io.run` throws the
  // exceptions of `serve` and `maintenance`, and then serves no more.
  void start(Serve serve, std::function<void()> maintenance);
  void stop();
  bool stopping() const { return stopping_; }

  // Returns "http://127.0.0.1:4566".
  std::string address() const;
  // Returns the URL of the control API's own port; "" if there is none.
  std::string control_address() const;

 private:
  struct Acceptor {
    tcp::acceptor acceptor;
    ListeningPort kind;
  };
  void open(const std::string& host, unsigned short port, ListeningPort kind);
  void close(Acceptor& listening);
  void admit(tcp::socket socket, ListeningPort kind);
  net::awaitable<void> accept(Acceptor& listening);
  net::awaitable<void> wait_for_capacity();
  net::awaitable<void> serve(tcp::socket socket, ListeningPort kind);
  net::awaitable<void> run_maintenance();
  net::awaitable<void> wait_for_signal();
  net::awaitable<void> pause();

  net::io_context& io_;
  Connections& connections_;
  const std::size_t max_connections_;
  const std::chrono::milliseconds stop_timeout_;
  const std::shared_ptr<const Tls> tls_;
  Serve serve_;
  std::function<void()> maintenance_;
  std::list<Acceptor> acceptors_;
  net::signal_set signals_;
  bool stopping_ = false;
};

}  // namespace papersail
