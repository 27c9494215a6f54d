// The only file that includes Beast, which is slow to compile.
#include "server/http/server.hpp"

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <ctime>

#include "server/api/error.hpp"
#include "server/control/control.hpp"
#include "server/http/listener.hpp"
#include "server/log.hpp"
#include "server/observers/observers.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Parser = http::request_parser<http::string_body>;
using HttpRequest = http::request<http::string_body>;

constexpr std::size_t largest_body = 1 << 20;
constexpr std::uint32_t largest_header = 16 << 10;
constexpr std::size_t first_read_size = 2 << 10;  // fits most requests; buffer size when idle
constexpr std::size_t read_size = 16 << 10;
constexpr std::size_t max_calls_per_commit = 64;  // bounds the wait of the first call
constexpr auto linger_timeout = std::chrono::seconds(2);

// Returns "Sat, 21 Nov 2026 02:27:18 GMT", formatted once a second.
const std::string& http_date() {
  thread_local std::time_t formatted_at = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != formatted_at) {
    text = utc_text(seconds(now), http_format);
    formatted_at = now;
  }
  return text;
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

bool is_json(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  return content_type.empty() || beast::iequals(content_type, "application/json") ||
         beast::iequals(content_type, "application/x-amz-json-1.1");
}

Response refusal(const ApiError& error) {
  Response response;
  set_error(response, error);
  return response;
}

// Returns the response to a request that Beast could not parse, `nullopt` if the error is not about
// its syntax: the client has disconnected.
std::optional<Response> response_to(beast::error_code error) {
  if (error == http::error::body_limit) {
    return refusal(request_too_large("The request body is larger than 1 MiB."));
  }
  if (error == http::error::header_limit) {
    Response response = refusal(serialization("The request headers are larger than 16 KiB."));
    response.status = 431;
    return response;
  }
  if (error.category() != http::make_error_code(http::error::bad_method).category()) {
    return std::nullopt;
  }
  return refusal({"MalformedHttpRequestException", "MalformedHttpRequest",
                  "The request is not valid HTTP: " + error.message()});
}

// Beast treats a body with an unknown transfer coding as an empty body, and would parse the body as
// the next request.
beast::error_code error_of_coding(const Parser& parser) {
  const bool coded = parser.get().count(http::field::transfer_encoding) > 0;
  if (coded && !parser.chunked()) return http::error::bad_transfer_encoding;
  return {};
}

// Formatted by hand: Beast's serializer takes as long as a whole read from the store.
std::string head_of(const Response& response, unsigned version, bool keep_alive) {
  const bool old = version == 10;
  std::string out = old ? "HTTP/1.0 " : "HTTP/1.1 ";
  out.reserve(320);
  out += std::to_string(response.status) + ' ';
  out += view(http::obsolete_reason(static_cast<http::status>(response.status)));
  out += "\r\nServer: Server\r\nDate: " + http_date() + "\r\nContent-Type: ";
  out += response.content_type;
  // A stream ends when its connection closes.
  if (!response.stream) out += "\r\nContent-Length: " + std::to_string(response.body.size());
  out += "\r\nx-amzn-RequestId: " + response.request_id;
  if (!response.error_type.empty()) out += "\r\nx-amzn-ErrorType: " + response.error_type;
  if (old == keep_alive) out += old ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
  out += "\r\n";
  out += response.headers;
  return out += "\r\n";
}

// A connection, with the bytes that are read but not parsed yet.
struct Exchange {
  Connection& connection;
  beast::flat_buffer buffer = {};
};

// True if received bytes have not been parsed yet.
bool has_bytes(const Exchange& exchange) {
  return exchange.buffer.size() > 0 || exchange.connection.has_bytes();
}

using SignedHeaders = std::vector<sigv4::Header>;

SignedHeaders headers_of(const HttpRequest& request) {
  SignedHeaders out;
  for (const auto& field : request) {
    out.emplace_back(view(field.name_string()), view(field.value()));
  }
  return out;
}

bool expects_continue(const Parser& parser) {
  return beast::iequals(parser.get()[http::field::expect], "100-continue");
}

}  // namespace

struct HttpServer::Loop {
  Loop(Control control, const ServerOptions& options);

  net::awaitable<void> serve(Connection& connection);
  net::awaitable<bool> serve_request(Exchange& exchange);
  net::awaitable<error_code> read(Exchange& exchange, Parser& parser);
  net::awaitable<Response> response(const Connection& connection, const HttpRequest& request);
  std::optional<Response> route(const Connection& connection, const HttpRequest& request);
  net::awaitable<void> commit(Response& response);
  net::awaitable<bool> write(Exchange& exchange, Response response, const HttpRequest& request,
                             bool keep_alive, steady_clock::time_point began);
  net::awaitable<void> stream(Connection& connection, std::shared_ptr<Stream> stream);
  net::awaitable<void> linger(Exchange& exchange);
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
  Exchange exchange{connection};
  bool more = true;
  while (more && (!listener.stopping() || has_bytes(exchange))) {
    more = co_await serve_request(exchange);
  }
}

// Returns false if the connection must be closed.
net::awaitable<bool> HttpServer::Loop::serve_request(Exchange& exchange) {
  Parser parser;
  parser.eager(true);
  parser.body_limit(largest_body);
  parser.header_limit(largest_header);
  const error_code error = co_await read(exchange, parser);
  const auto began = steady_clock::now();
  if (!error) {
    const HttpRequest& request = parser.get();
    connections.pause_timer(exchange.connection);
    Response reply = co_await response(exchange.connection, request);
    const bool late = reply.delay.count() > 0 && !listener.stopping();
    if (late) co_await exchange.connection.pause(reply.delay);
    // Requests that arrived before the stop still get a response.
    const bool last = listener.stopping() && !has_bytes(exchange);
    co_return co_await write(exchange, std::move(reply), request, request.keep_alive() && !last,
                             began);
  }
  std::optional<Response> reply = response_to(error);
  if (!reply) co_return false;
  co_await write(exchange, *std::move(reply), parser.get(), false, began);
  co_await linger(exchange);
  co_return false;
}

// Reads one request: parses the bytes in the buffer, then reads more until the request is complete.
net::awaitable<error_code> HttpServer::Loop::read(Exchange& exchange, Parser& parser) {
  auto& [connection, buffer] = exchange;
  if (buffer.size() > 0) {
    connections.start_request_timer(connection);
  } else {
    if (buffer.capacity() > first_read_size) buffer.shrink_to_fit();
    connections.start_idle_timer(connection);
  }
  bool sent_continue = false;
  for (;;) {
    error_code error;
    while (buffer.size() > 0 && !parser.is_done() && !error) {
      buffer.consume(parser.put(buffer.data(), error));
    }
    if (error && error != http::error::need_more) co_return error;
    if (parser.is_header_done()) error = error_of_coding(parser);
    if (parser.is_done() || (error && error != http::error::need_more)) co_return error;
    if (parser.is_header_done() && !sent_continue && expects_continue(parser)) {
      sent_continue = true;  // the client waits for it before it sends the body
      co_await connection.write("HTTP/1.1 100 Continue\r\n\r\n", "");
    }
    const bool idle = Connections::is_idle(connection);
    const auto room = buffer.prepare(idle ? first_read_size : read_size);
    auto [failure, size] = co_await connection.read_some(room);
    if (failure) co_return failure;
    buffer.commit(size);
    if (idle) connections.start_request_timer(connection);
  }
}

// Returns the response to a request that is not a valid call of an action: CORS preflights,
// refusals, the control API, and malformed calls. `nullopt`: the request calls an action.
std::optional<Response> HttpServer::Loop::route(const Connection& connection,
                                                const HttpRequest& request) {
  const std::string_view method = view(request.method_string());
  const std::string_view path = view(request.target());
  const AccessRequest access_request{method,
                                     path,
                                     view(request[http::field::host]),
                                     view(request[http::field::origin]),
                                     view(request[http::field::authorization]),
                                     connection.port};
  if (request.method() == http::verb::options) {
    auto reply = preflight(access, access_request, view(request["Access-Control-Request-Headers"]));
    if (reply) return reply;
  }
  if (auto error = papersail::refusal(access, access_request)) return error;
  dispatch.observers().metrics.connections = connections.size();
  if (auto reply = control_response(control, method, path, request.body())) return reply;
  if (method != "POST") {
    return refusal(unknown_operation("Actions are called by POST, with an X-Amz-Target header."));
  }
  const auto [target, end] = request.equal_range("X-Amz-Target");
  if (std::distance(target, end) > 1) {
    return refusal(unknown_operation("The request has more than one X-Amz-Target header."));
  }
  const std::string_view content_type = view(request[http::field::content_type]);
  if (!is_json(content_type)) {
    return refusal(serialization("The Content-Type must be application/x-amz-json-1.1, not " +
                                 std::string(content_type)));
  }
  return std::nullopt;
}

net::awaitable<Response> HttpServer::Loop::response(const Connection& connection,
                                                    const HttpRequest& http_request) {
  if (auto response = route(connection, http_request)) co_return *std::move(response);
  const auto headers = dispatch.auth().strict() ? headers_of(http_request) : SignedHeaders();
  const Request request{view(http_request["X-Amz-Target"]),
                        view(http_request[http::field::authorization]),
                        view(http_request[http::field::host]),
                        http_request.body(),
                        view(http_request.method_string()),
                        view(http_request.target()),
                        headers};
  CallTrace trace;
  try {
    Response response = dispatch.run(request, trace);
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
  dispatch.enqueue_commit(response);
  std::size_t known = 0;
  while (response.uncommitted &&
         known < std::min(dispatch.pending_commits(), max_calls_per_commit)) {
    known = dispatch.pending_commits();
    co_await net::post(io, net::use_awaitable);
    co_await net::post(io, net::use_awaitable);
  }
  if (response.uncommitted) dispatch.commit();
}

net::awaitable<bool> HttpServer::Loop::write(Exchange& exchange, Response response,
                                             const HttpRequest& request, bool keep_alive,
                                             steady_clock::time_point began) {
  if (response.request_id.empty()) response.request_id = dispatch.next_request_id();
  if (response.stream) keep_alive = false;
  response.headers += cors_headers(access, view(request[http::field::origin]));
  const std::string head = head_of(response, request.version(), keep_alive);
  const bool head_alone = request.method() == http::verb::head;
  if (head_alone) response.body.clear();
  log_request(response, response.request_id, steady_clock::now() - began);
  log_bodies(response.request_id, request.body(), response.body);
  if (response.reset) {
    exchange.connection.reset();
    co_return false;
  }
  connections.start_request_timer(exchange.connection);
  const error_code error = co_await exchange.connection.write(head, response.body);
  if (response.stream && !head_alone && !error) {
    co_await stream(exchange.connection, response.stream);
  }
  co_return !error && keep_alive;
}

// Sends events until the client disconnects or the server stops. The request timeout closes the
// connection of a client that does not read.
net::awaitable<void> HttpServer::Loop::stream(Connection& connection,
                                              std::shared_ptr<Stream> stream) {
  stream->wake = [&connection] { connection.wake(); };
  error_code error;
  auto beat = steady_clock::now() + heartbeat;
  while (!error && !listener.stopping()) {
    std::string text = stream->next();
    const auto quiet_for = beat - steady_clock::now();
    if (text.empty() && quiet_for > quiet_for.zero()) {
      connections.pause_timer(connection);
      co_await connection.pause(std::chrono::ceil<std::chrono::milliseconds>(quiet_for));
      continue;
    }
    if (text.empty()) text = ":\n\n";  // a comment, as a heartbeat
    connections.start_request_timer(connection);
    error = co_await connection.write(text, "");
    beat = steady_clock::now() + heartbeat;
  }
  stream->wake = nullptr;
}

// Closing the socket while the client is still sending would reset the connection, and the client
// would lose the response.
net::awaitable<void> HttpServer::Loop::linger(Exchange& exchange) {
  auto& [connection, buffer] = exchange;
  co_await connection.end_writing();
  connection.deadline = steady_clock::now() + linger_timeout;
  for (;;) {
    buffer.clear();
    const auto room = buffer.prepare(read_size);
    auto [error, size] = co_await connection.read_some(room);
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
