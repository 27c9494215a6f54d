#include "server/http/server.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "server/http/loop.hpp"
#include "server/log.hpp"
#include "server/observers/observers.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_calls_per_commit = 64;  // bounds the wait of the first call

}  // namespace

HttpServer::Loop::Loop(Control control_api, const ServerOptions& options,
                       HttpServer::RouteFunction how)
    : control(control_api),
      route(how),
      dispatch(control.dispatch),
      access(options.access),
      heartbeat(options.heartbeat),
      connections(options.idle_timeout, options.request_timeout),
      listener(io, connections, options) {}

net::awaitable<Response> HttpServer::Loop::response(const HttpRequest& request,
                                                    ListeningPort port) {
  dispatch.observers().metrics.connections = connections.size();
  try {
    Routed routed = route(control, access, request, port);
    if (auto* response = std::get_if<Response>(&routed)) co_return std::move(*response);
    CallTrace trace;
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

net::awaitable<void> HttpServer::Loop::repeat(std::function<bool()> step) {
  while (!listener.stopping() && step()) co_await net::post(io, net::use_awaitable);
}

HttpServer::HttpServer(const Control& control, const ServerOptions& options, RouteFunction route)
    : loop_(std::make_unique<Loop>(control, options, route)) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::address() const {
  return loop_->listener.address();
}

std::string HttpServer::control_address() const {
  return loop_->listener.control_address();
}

void HttpServer::run() try {
  loop_->listener.start(
      [loop = loop_.get()](Connection& connection) { return loop->serve(connection); },
      [accounts = &loop_->control.accounts] { accounts->run_maintenance(); });
  loop_->io.run();
  flush_log();
} catch (const std::exception& error) {
  log_critical(std::string("papersail stops after an internal error: ") + error.what());
  throw;
}

void HttpServer::while_serving(std::function<bool()> step) {
  net::co_spawn(loop_->io, loop_->repeat(std::move(step)), rethrow);
}

void HttpServer::stop() {
  net::post(loop_->io, [loop = loop_.get()] { loop->listener.stop(); });
}

}  // namespace papersail
