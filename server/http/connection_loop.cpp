// Serves the requests of one connection, one after the other.
#include <array>
#include <optional>
#include <utility>

#include "server/http/event_stream.hpp"
#include "server/http/loop.hpp"
#include "server/log.hpp"

namespace papersail {
namespace {

constexpr auto linger_timeout = std::chrono::seconds(2);

}  // namespace

net::awaitable<void> HttpServer::Loop::serve(Connection& connection) {
  Exchange exchange{connection, RequestParser(dispatch.auth().strict())};
  bool more = true;
  while (more && (!listener.stopping() || exchange.has_bytes())) {
    more = co_await serve_request(exchange);
  }
}

// Returns false if the connection must be closed.
net::awaitable<bool> HttpServer::Loop::serve_request(Exchange& exchange) {
  auto& [connection, parser] = exchange;
  const error_code error = co_await read(exchange);
  const auto began = steady_clock::now();
  const HttpRequest request = parser.request();
  if (!error) {
    connections.pause_timer(connection);
    Response reply = co_await response(request, connection.port);
    const bool late = reply.delay.count() > 0 && !listener.stopping();
    if (late) co_await connection.pause(reply.delay);
    // Requests that arrived before the stop still get a response.
    const bool last = listener.stopping() && !exchange.has_bytes();
    co_return co_await write(connection, std::move(reply), request, request.keep_alive && !last,
                             began);
  }
  std::optional<Response> reply = response_to(error);
  if (!reply) co_return false;
  co_await write(connection, *std::move(reply), request, false, began);
  co_await linger(connection);
  co_return false;
}

// Reads one request: parses the bytes that are there, then reads more until the request is
// complete.
net::awaitable<error_code> HttpServer::Loop::read(Exchange& exchange) {
  auto& [connection, parser] = exchange;
  if (parser.has_bytes()) {
    connections.start_request_timer(connection);
  } else {
    connections.start_idle_timer(connection);
  }
  parser.start();
  for (;;) {
    if (const auto end = parser.parse()) co_return *end;
    if (parser.take_expectation()) co_await connection.write("HTTP/1.1 100 Continue\r\n\r\n", "");
    const bool idle = Connections::is_idle(connection);
    const auto room = parser.room(idle ? first_read_size : read_size);
    auto [error, size] = co_await connection.read_some(room);
    if (error) co_return error;
    parser.add(size);
    if (idle) connections.start_request_timer(connection);
  }
}

net::awaitable<bool> HttpServer::Loop::write(Connection& connection, Response response,
                                             const HttpRequest& request, bool keep_alive,
                                             steady_clock::time_point began) {
  if (response.request_id.empty()) response.request_id = dispatch.next_request_id();
  if (response.stream) keep_alive = false;
  response.headers += cors_headers(access, request.origin);
  const std::string head = head_of(response, request.version, keep_alive);
  const bool head_alone = request.method == "HEAD";
  if (head_alone) response.body.clear();
  log_request(response, response.request_id, steady_clock::now() - began);
  if (!response.is_foreign) log_bodies(response.request_id, request.body, response.body);
  if (response.reset) {
    connection.reset();
    co_return false;
  }
  connections.start_request_timer(connection);
  const error_code error = co_await connection.write(head, response.body);
  if (response.stream && !head_alone && !error) {
    co_await send_events(connection, connections, listener, response.stream, heartbeat);
  }
  co_return !error && keep_alive;
}

// Closing the socket while the client is still sending would reset the connection, and the client
// would lose the response.
net::awaitable<void> HttpServer::Loop::linger(Connection& connection) {
  co_await connection.end_writing();
  connection.deadline = steady_clock::now() + linger_timeout;
  std::array<char, read_size> unused;
  for (;;) {
    auto [error, size] = co_await connection.read_some(net::buffer(unused));
    if (error) co_return;
  }
}

}  // namespace papersail
