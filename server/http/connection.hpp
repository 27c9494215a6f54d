// A client's connection: bytes over TCP, in the clear or in TLS, and how long it may stay. Of Asio
// alone: Beast is in http.cpp.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
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

constexpr auto quiet = net::as_tuple(net::use_awaitable);  // results as values, not exceptions

class Connections;

class Connection : public boost::intrusive::list_base_hook<> {
 public:
  // One of `all` for as long as it lives.
  Connection(tcp::socket accepted, ListeningPort port, Connections& all);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Looks at the first byte, and if it is TLS shakes hands. An error ends the connection.
  net::awaitable<error_code> accept_tls(const Tls& tls);
  // Some bytes, at least one, unless there is an error.
  net::awaitable<std::tuple<error_code, std::size_t>> read_some(net::mutable_buffer into);
  // All of both.
  net::awaitable<error_code> write(std::string_view head, std::string_view body);
  // Tells the client that nothing more comes.
  net::awaitable<void> end_writing();
  // Ends it without a word, as if the cable had been cut: the client's next read is an error.
  void reset();
  // Whether more has come than was read.
  bool has_bytes() const;
  // Waits so long. False: `wake` has cut it short.
  net::awaitable<bool> pause(std::chrono::milliseconds time);
  void wake();

  tcp::socket socket;
  const ListeningPort port;
  // Past it the connection is closed: one sweep over all costs less than a timer for each read.
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

// All of them: those that wait for a request, longest first, and those that have one.
class Connections {
 public:
  Connections(std::chrono::milliseconds idle, std::chrono::milliseconds request)
      : idle_timeout_(idle), request_timeout_(request) {}

  // The client may take its time: no byte of a request has come.
  void start_idle_timer(Connection& connection);
  // The client has begun to send, or is sent an answer, and has to go on with it.
  void start_request_timer(Connection& connection);
  // What happens now is not the client's doing.
  void pause_timer(Connection& connection);
  // Whether it waits for the first byte of a request.
  static bool is_idle(const Connection& connection) { return connection.idle_; }

  std::size_t size() const { return idle_.size() + busy_.size(); }
  // False if none is idle.
  bool close_longest_idle();
  void close_overdue();
  // The idle ones shall read what has come already, and then the end.
  void shutdown_idle();
  // From now on no client may take longer than this to send its request or receive its response.
  void finish_within(std::chrono::milliseconds time);
  // Cuts every pause short.
  void wake_all();

 private:
  friend class Connection;
  using List = boost::intrusive::list<Connection>;
  void move(Connection& connection, bool idle);
  steady_clock::time_point deadline_after(std::chrono::milliseconds time) const;

  const std::chrono::milliseconds idle_timeout_;
  const std::chrono::milliseconds request_timeout_;
  steady_clock::time_point end_ = steady_clock::time_point::max();  // of every connection
  List idle_;
  List busy_;
};

}  // namespace papersail
