// The only file that includes Beast, which takes long to compile.
#include "server/http.hpp"

#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <ctime>
#include <set>

#include "server/control.hpp"
#include "server/error.hpp"
#include "server/log.hpp"

namespace papersail {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;
using std::chrono::steady_clock;
using Parser = http::request_parser<http::string_body>;
using HttpRequest = http::request<http::string_body>;

constexpr auto quiet = net::as_tuple(net::use_awaitable);  // results as values, not exceptions

constexpr std::size_t largest_body = 1 << 20;
constexpr std::uint32_t largest_header = 16 << 10;
constexpr std::size_t read_size = 8 << 10;
constexpr auto idle_timeout = std::chrono::seconds(75);  // between requests
constexpr auto linger_timeout = std::chrono::seconds(2);
constexpr auto tick = std::chrono::milliseconds(100);

// A client's connection, one of `all` for as long as it lives. Past its deadline it is closed: one
// sweep over all of them costs less than a timer for each read.
struct Connection {
  using Set = std::set<Connection*>;

  Connection(tcp::socket accepted, Set& among) : socket(std::move(accepted)), all(among) {
    all.insert(this);
  }
  ~Connection() { all.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  tcp::socket socket;
  Set& all;
  beast::flat_buffer buffer;
  bool idle = true;  // waiting for the first byte of a request
  steady_clock::time_point deadline;
};

// "Sat, 21 Nov 2026 02:27:18 GMT", made anew once a second.
const std::string& http_date() {
  thread_local std::time_t shown = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != shown) {
    char buffer[64];
    std::tm parts;
    const auto size =
        std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
    text.assign(buffer, size);
    shown = now;
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

Answer refusal(const ApiError& error) {
  Answer answer;
  tell(answer, error);
  return answer;
}

// What Beast could not read, as an answer. Not every error is one: a client that is gone gets none.
std::optional<Answer> answer_to(beast::error_code error) {
  if (error == http::error::body_limit) {
    return refusal(request_too_large("The request body is larger than 1 MiB."));
  }
  if (error == http::error::header_limit) {
    Answer answer = refusal(serialization("The request headers are larger than 16 KiB."));
    answer.status = 431;
    return answer;
  }
  if (error.category() != http::make_error_code(http::error::bad_method).category()) {
    return std::nullopt;
  }
  return refusal({"MalformedHttpRequestException", "MalformedHttpRequest",
                  "The request is not valid HTTP: " + error.message()});
}

// Beast takes a body in a coding that it does not know for none at all; what follows would then
// be read as the next request.
beast::error_code error_of_coding(const Parser& parser) {
  const bool coded = parser.get().count(http::field::transfer_encoding) > 0;
  if (coded && !parser.chunked()) return http::error::bad_transfer_encoding;
  return {};
}

// Written by hand: Beast's serializer takes as long as a whole read from the store.
std::string head_of(const Answer& answer, const std::string& request_id, unsigned version,
                    bool keep_alive) {
  const bool old = version == 10;
  std::string out = old ? "HTTP/1.0 " : "HTTP/1.1 ";
  out.reserve(320);
  out += std::to_string(answer.status) + ' ';
  out += view(http::obsolete_reason(static_cast<http::status>(answer.status)));
  out += "\r\nServer: Server\r\nDate: " + http_date() + "\r\nContent-Type: ";
  out += answer.content_type;
  out += "\r\nContent-Length: " + std::to_string(answer.body.size());
  out += "\r\nx-amzn-RequestId: " + request_id;
  if (!answer.error_type.empty()) out += "\r\nx-amzn-ErrorType: " + answer.error_type;
  if (old == keep_alive) out += old ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
  return out += "\r\n\r\n";
}

// Whether more has come than was read.
bool has_bytes(const Connection& connection) {
  beast::error_code ignored;
  return connection.buffer.size() > 0 || connection.socket.available(ignored) > 0;
}

bool expects_continue(const Parser& parser) {
  return beast::iequals(parser.get()[http::field::expect], "100-continue");
}

}  // namespace

struct HttpServer::Loop {
  Loop(Control control, const Listening& where);

  net::awaitable<void> listen();
  net::awaitable<void> serve_connection(tcp::socket socket);
  net::awaitable<bool> serve_request(Connection& connection);
  net::awaitable<beast::error_code> read(Connection& connection, Parser& parser);
  net::awaitable<void> invite_body(Connection& connection);
  net::awaitable<Answer> answer(const HttpRequest& request);
  net::awaitable<Answer> committed(Answer answer);
  net::awaitable<Answer> answer_call(const HttpRequest& request);
  net::awaitable<bool> write(Connection& connection, Answer answer, const HttpRequest& request,
                             bool keep_alive, steady_clock::time_point began);
  net::awaitable<void> linger(Connection& connection);
  net::awaitable<void> keep_house();
  net::awaitable<void> repeat(std::function<bool()> step);
  net::awaitable<void> wait_for_signal();
  void close_overdue();
  void bind(const Listening& where);
  void stop();

  Control control;
  Dispatch& dispatch;
  const std::chrono::milliseconds request_timeout;
  Connection::Set connections;  // outlives `io`, which holds the connections
  net::io_context io{1};
  tcp::acceptor acceptor{io};
  net::signal_set signals{io, SIGTERM, SIGINT};
  std::optional<net::thread_pool> workers;  // for slow work; made when there is some
  bool stopping = false;
};

HttpServer::Loop::Loop(Control control_of_it, const Listening& where)
    : control(control_of_it), dispatch(control.dispatch), request_timeout(where.request_timeout) {
  try {
    bind(where);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + where.host + " port " +
                             std::to_string(where.port) + ": " + error.code().message());
  }
}

void HttpServer::Loop::bind(const Listening& where) {
  const tcp::endpoint endpoint(net::ip::make_address(where.host), where.port);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
}

// An error is most often a lack of file descriptors: those come back as connections close.
net::awaitable<void> HttpServer::Loop::listen() {
  net::steady_timer pause(io);
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(quiet);
    if (!error) {
      net::co_spawn(io, serve_connection(std::move(socket)), net::detached);
    } else if (!stopping) {
      pause.expires_after(tick);
      co_await pause.async_wait(quiet);
    }
  }
}

net::awaitable<void> HttpServer::Loop::serve_connection(tcp::socket socket) {
  Connection connection(std::move(socket), connections);
  beast::error_code ignored;
  connection.socket.set_option(tcp::no_delay(true), ignored);
  bool more = true;
  while (more && (!stopping || has_bytes(connection))) more = co_await serve_request(connection);
}

// False: the connection is of no further use.
net::awaitable<bool> HttpServer::Loop::serve_request(Connection& connection) {
  Parser parser;
  parser.eager(true);
  parser.body_limit(largest_body);
  parser.header_limit(largest_header);
  const beast::error_code error = co_await read(connection, parser);
  const auto began = steady_clock::now();
  if (!error) {
    const HttpRequest& request = parser.get();
    connection.deadline = steady_clock::time_point::max();  // slow work is not the client's fault
    Answer reply = co_await answer(request);
    co_return co_await write(connection, std::move(reply), request,
                             request.keep_alive() && !stopping, began);
  }
  std::optional<Answer> reply = answer_to(error);
  if (!reply) co_return false;
  co_await write(connection, *std::move(reply), parser.get(), false, began);
  co_await linger(connection);
  co_return false;
}

// One whole request. The parser takes what is in the buffer, then waits for more.
net::awaitable<beast::error_code> HttpServer::Loop::read(Connection& connection, Parser& parser) {
  beast::flat_buffer& buffer = connection.buffer;
  connection.idle = buffer.size() == 0;
  connection.deadline = steady_clock::now() + (connection.idle ? idle_timeout : request_timeout);
  bool invited = false;
  for (;;) {
    beast::error_code error;
    while (buffer.size() > 0 && !parser.is_done() && !error) {
      buffer.consume(parser.put(buffer.data(), error));
    }
    if (error && error != http::error::need_more) co_return error;
    if (parser.is_header_done()) error = error_of_coding(parser);
    if (parser.is_done() || (error && error != http::error::need_more)) co_return error;
    if (parser.is_header_done() && !invited && expects_continue(parser)) {
      invited = true;
      co_await invite_body(connection);
    }
    auto [failure, size] =
        co_await connection.socket.async_read_some(buffer.prepare(read_size), quiet);
    if (failure) co_return failure;
    buffer.commit(size);
    if (connection.idle) connection.deadline = steady_clock::now() + request_timeout;
    connection.idle = false;
  }
}

// The client waits for this before it sends the body.
net::awaitable<void> HttpServer::Loop::invite_body(Connection& connection) {
  constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
  const auto bytes = net::buffer(invitation.data(), invitation.size());
  co_await net::async_write(connection.socket, bytes, quiet);
}

net::awaitable<Answer> HttpServer::Loop::answer(const HttpRequest& request) {
  const std::string_view method = view(request.method_string());
  const std::string_view path = view(request.target());
  if (auto ours = control_answer(control, method, path, request.body())) co_return *std::move(ours);
  if (method != "POST") {
    co_return refusal(
        unknown_operation("Actions are called by POST, with an X-Amz-Target header."));
  }
  if (request.count("X-Amz-Target") > 1) {
    co_return refusal(unknown_operation("The request has more than one X-Amz-Target header."));
  }
  const std::string_view content_type = view(request[http::field::content_type]);
  if (!is_json(content_type)) {
    co_return refusal(serialization("The Content-Type must be application/x-amz-json-1.1, not " +
                                    std::string(content_type)));
  }
  co_return co_await answer_call(request);
}

net::awaitable<json> finished(SlowWork work) {
  co_return work();
}

net::awaitable<Answer> HttpServer::Loop::answer_call(const HttpRequest& http_request) {
  const Request request{view(http_request["X-Amz-Target"]),
                        view(http_request[http::field::authorization]),
                        view(http_request[http::field::host]), http_request.body()};
  std::vector<json> slow_results;
  try {
    for (;;) {
      auto outcome = dispatch.attempt(request, slow_results);
      if (auto* answer = std::get_if<Answer>(&outcome)) co_return co_await committed(*answer);
      if (!workers) workers.emplace(1);
      auto work = finished(std::get<SlowWork>(std::move(outcome)));
      json result = co_await net::co_spawn(*workers, std::move(work), net::use_awaitable);
      slow_results.push_back(std::move(result));
    }
  } catch (...) {
    co_return failure_answer();
  }
}

// The other calls of this turn of the loop come first, to share the commit.
net::awaitable<Answer> HttpServer::Loop::committed(Answer answer) {
  if (answer.uncommitted) {
    dispatch.hold(answer);
    co_await net::post(io, net::use_awaitable);
    dispatch.commit();
  }
  co_return answer;
}

net::awaitable<bool> HttpServer::Loop::write(Connection& connection, Answer answer,
                                             const HttpRequest& request, bool keep_alive,
                                             steady_clock::time_point began) {
  const std::string request_id = dispatch.next_request_id();
  const std::string head = head_of(answer, request_id, request.version(), keep_alive);
  if (request.method() == http::verb::head) answer.body.clear();
  log_request(answer, request_id, steady_clock::now() - began);
  connection.deadline = steady_clock::now() + request_timeout;
  const std::array<net::const_buffer, 2> response = {net::buffer(head), net::buffer(answer.body)};
  auto [error, size] = co_await net::async_write(connection.socket, response, quiet);
  co_return !error && keep_alive;
}

// Closing on a client that is still sending would reset the connection and lose it the answer.
net::awaitable<void> HttpServer::Loop::linger(Connection& connection) {
  beast::error_code ignored;
  connection.socket.shutdown(tcp::socket::shutdown_send, ignored);
  connection.deadline = steady_clock::now() + linger_timeout;
  for (;;) {
    connection.buffer.clear();
    auto [error, size] =
        co_await connection.socket.async_read_some(connection.buffer.prepare(read_size), quiet);
    if (error) co_return;
  }
}

void HttpServer::Loop::close_overdue() {
  const auto now = steady_clock::now();
  beast::error_code ignored;
  for (Connection* connection : connections) {
    if (now > connection->deadline) connection->socket.close(ignored);
  }
}

// Brings out the log, closes what is overdue, and ends the loop once all is finished.
net::awaitable<void> HttpServer::Loop::keep_house() {
  net::steady_timer timer(io);
  while (!stopping || !connections.empty()) {
    timer.expires_after(tick);
    co_await timer.async_wait(quiet);
    close_overdue();
    flush_log();
  }
}

net::awaitable<void> HttpServer::Loop::repeat(std::function<bool()> step) {
  while (!stopping && step()) co_await net::post(io, net::use_awaitable);
}

net::awaitable<void> HttpServer::Loop::wait_for_signal() {
  if (stopping) co_return;
  auto [error, signal] = co_await signals.async_wait(quiet);
  if (!error) stop();
}

void HttpServer::Loop::stop() {
  stopping = true;
  beast::error_code ignored;
  acceptor.close(ignored);
  signals.cancel(ignored);
  // A request that has come already is still read; then the connection ends.
  for (Connection* connection : connections) {
    if (connection->idle) connection->socket.shutdown(tcp::socket::shutdown_receive, ignored);
  }
}

HttpServer::HttpServer(const Control& control, const Listening& where)
    : loop_(std::make_unique<Loop>(control, where)) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::address() const {
  const auto endpoint = loop_->acceptor.local_endpoint();
  const std::string host = endpoint.address().to_string();
  return "http://" + (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
         std::to_string(endpoint.port());
}

void HttpServer::run() {
  net::co_spawn(loop_->io, loop_->listen(), net::detached);
  net::co_spawn(loop_->io, loop_->keep_house(), net::detached);
  net::co_spawn(loop_->io, loop_->wait_for_signal(), net::detached);
  loop_->io.run();
  flush_log();
}

void HttpServer::while_serving(std::function<bool()> step) {
  net::co_spawn(loop_->io, loop_->repeat(std::move(step)), net::detached);
}

void HttpServer::stop() {
  net::post(loop_->io, [loop = loop_.get()] { loop->stop(); });
}

}  // namespace papersail
