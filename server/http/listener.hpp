// Where connections come from: it accepts them, minds their time and their number, and ends them in
// good order.
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
  // What becomes of a connection, which ends when this does.
  using Serve = std::function<net::awaitable<void>(Connection&)>;

  // Binds at once; throws std::runtime_error when the address is none, taken or not ours. The
  // connections must outlive `io`, which holds them.
  Listener(net::io_context& io, Connections& connections, const ServerOptions& options);
  // Accepts, until SIGTERM, SIGINT or `stop`. Once the last connection has ended then, `io` has
  // nothing more to do. Ten times a second it does its housework, and this.
  void start(Serve serve, std::function<void()> housework);
  void stop();
  bool stopping() const { return stopping_; }

  // "http://127.0.0.1:4566"
  std::string address() const;
  // The same of the control API's own port; "" without one.
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
  net::awaitable<void> find_room();
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
  std::function<void()> housework_;
  std::list<Acceptor> acceptors_;
  net::signal_set signals_;
  bool stopping_ = false;
};

}  // namespace papersail
