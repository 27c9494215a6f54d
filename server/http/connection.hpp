// A client's connection: plain TCP or TLS, with its timeouts. Uses Asio only; server.cpp includes
// Beast.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <string_view>
#include <tuple>

#include "server/access/access.hpp"
#include "server/http/tls.hpp"

namespace papersail {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;
using std::chrono::steady_clock;

constexpr auto no_throw = net::as_tuple(net::use_awaitable);  // errors as values, not exceptions

// For `co_spawn`: an exception of the coroutine leaves `io_context::run`, which stops the server.
inline void rethrow(std::exception_ptr failure) {
  if (failure) std::rethrow_exception(failure);
}

class Connections;

class Connection : public boost::intrusive::list_base_hook<> {
 public:
  // Adds the connection to `all`; the destructor removes it.
  Connection(tcp::socket accepted, ListeningPort port, Connections& all);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Peeks at the first byte and does the TLS handshake if the client started one. On an error, the
  // connection is of no further use.
  net::awaitable<error_code> accept_tls(const Tls& tls);
  // Reads at least one byte, unless there is an error.
  net::awaitable<std::tuple<error_code, std::size_t>> read_some(net::mutable_buffer into);
  // Writes all bytes of both.
  net::awaitable<error_code> write(std::string_view head, std::string_view body);
  // Closes the sending side: the client reads EOF.
  net::awaitable<void> end_writing();
  // Closes the connection with a TCP reset: the client's next read fails.
  void reset();
  // True if received bytes have not been read yet.
  bool has_bytes() const;
  // Waits for `time`. Returns false if `wake` ended the wait.
  net::awaitable<bool> pause(std::chrono::milliseconds time);
  void wake();

  tcp::socket socket;
  const ListeningPort port;
  // The time after which `close_overdue` closes the connection. One sweep over all connections is
  // cheaper than a timer for each read.
  steady_clock::time_point deadline = steady_clock::time_point::max();

 private:
  friend class Connections;
  net::awaitable<error_code> handshake();
  net::awaitable<error_code> receive();
  net::awaitable<error_code> flush();

  Connections& all_;
  bool idle_ = false;
  std::optional<TlsSession> tls_;
  std::optional<net::steady_timer> pause_;
};

// All connections, in two lists: idle (waiting for a request, longest first) and busy.
class Connections {
 public:
  Connections(std::chrono::milliseconds idle, std::chrono::milliseconds request)
      : idle_timeout_(idle), request_timeout_(request) {}

  // Marks the connection as idle, with the idle timeout: no byte of a request has arrived.
  void start_idle_timer(Connection& connection);
  // Starts the request timeout: the client is sending a request or receiving a response.
  void start_request_timer(Connection& connection);
  // Stops the timeout while the server works, since the client is not responsible for that time.
  void pause_timer(Connection& connection);
  // True if the connection waits for the first byte of a request.
  static bool is_idle(const Connection& connection) { return connection.idle_; }

  std::size_t size() const { return idle_.size() + busy_.size(); }
  // Returns false if no connection is idle.
  bool close_longest_idle();
  void close_overdue();
  // Half-closes idle connections: data already received is still read, then EOF.
  void shutdown_idle();
  // Shortens all deadlines: from now on, no client gets longer than `time` to send its request or
  // receive its response.
  void finish_within(std::chrono::milliseconds time);
  // Ends the pause of every connection.
  void wake_all();

 private:
  friend class Connection;
  using List = boost::intrusive::list<Connection>;
  void move(Connection& connection, bool idle);
  steady_clock::time_point deadline_after(std::chrono::milliseconds time) const;

  const std::chrono::milliseconds idle_timeout_;
  const std::chrono::milliseconds request_timeout_;
  steady_clock::time_point end_ = steady_clock::time_point::max();  // bounds all deadlines
  List idle_;
  List busy_;
};

}  // namespace papersail
