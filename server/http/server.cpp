#include "server/http/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>

#include "server/http/event_stream.hpp"
#include "server/http/listener.hpp"
#include "server/http/message.hpp"
#include "server/http/request_parser.hpp"
#include "server/http/router.hpp"
#include "server/log.hpp"
#include "server/observers/observers.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_calls_per_commit = 64;  // bounds the wait of the first call
constexpr auto linger_timeout = std::chrono::seconds(2);

// A connection and the parser of its requests.
struct Exchange {
  Connection& connection;
  RequestParser parser;

  // True if received bytes have not been parsed yet.
  bool has_bytes() const { return parser.has_bytes() || connection.has_bytes(); }
};

}  // namespace

struct HttpServer::Loop {
  Loop(Control control, const ServerOptions& options);

  net::awaitable<void> serve(Connection& connection);
  net::awaitable<bool> serve_request(Exchange& exchange);
  net::awaitable<error_code> read(Exchange& exchange);
  net::awaitable<Response> response(const HttpRequest& request, ListeningPort port);
  net::awaitable<void> commit(Response& response);
  net::awaitable<bool> write(Connection& connection, Response response, const HttpRequest& request,
                             bool keep_alive, steady_clock::time_point began);
  net::awaitable<void> linger(Connection& connection);
  net::awaitable<void> repeat(std::function<bool()> step);

  Control control;
  Dispatch& dispatch;
  const Access access;
  const std::chrono::milliseconds heartbeat;
  Connections connections;  // declared before `io`, whose coroutines refer to it
  net::io_context io{1};
  Listener listener;
};

HttpServer::Loop::Loop(Control control_api, const ServerOptions& options)
    : control(control_api),
      dispatch(control.dispatch),
      access(options.access),
      heartbeat(options.heartbeat),
      connections(options.idle_timeout, options.request_timeout),
      listener(io, connections, options) {}

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

net::awaitable<Response> HttpServer::Loop::response(const HttpRequest& request,
                                                    ListeningPort port) {
  dispatch.observers().metrics.connections = connections.size();
  Routed routed = route(control, access, request, port);
  if (auto* response = std::get_if<Response>(&routed)) co_return std::move(*response);
  CallTrace trace;
  try {
    Response response = dispatch.run(std::get<Request>(routed), trace);
    if (response.uncommitted) co_await commit(response);
    co_return response;
  } catch (...) {
    co_return failure_response();
  }
}

// Group commit: keep yielding to the event loop while more requests arrive, so that they share one
// commit. Two posts are needed: one runs requests already read, one picks up newly readable
// sockets.
net::awaitable<void> HttpServer::Loop::commit(Response& response) {
  CommitQueue& queue = dispatch.commits();
  const CommitQueue::Ticket ticket(queue, response);
  std::size_t known = 0;
  while (response.uncommitted && known < std::min(queue.size(), max_calls_per_commit)) {
    known = queue.size();
    co_await net::post(io, net::use_awaitable);
    co_await net::post(io, net::use_awaitable);
  }
  if (response.uncommitted) queue.commit();
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
  log_bodies(response.request_id, request.body, response.body);
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

net::awaitable<void> HttpServer::Loop::repeat(std::function<bool()> step) {
  while (!listener.stopping() && step()) co_await net::post(io, net::use_awaitable);
}

HttpServer::HttpServer(const Control& control, const ServerOptions& options)
    : loop_(std::make_unique<Loop>(control, options)) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::address() const {
  return loop_->listener.address();
}

std::string HttpServer::control_address() const {
  return loop_->listener.control_address();
}

void HttpServer::run() {
  loop_->listener.start(
      [loop = loop_.get()](Connection& connection) { return loop->serve(connection); },
      [accounts = &loop_->control.accounts] { accounts->run_maintenance(); });
  loop_->io.run();
  flush_log();
}

void HttpServer::while_serving(std::function<bool()> step) {
  net::co_spawn(loop_->io, loop_->repeat(std::move(step)), net::detached);
}

void HttpServer::stop() {
  net::post(loop_->io, [loop = loop_.get()] { loop->listener.stop(); });
}

}  // namespace papersail
