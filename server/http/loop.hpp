// The coroutines of the HTTP server. Private to it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>

#include "server/http/connection.hpp"
#include "server/http/listener.hpp"
#include "server/http/message.hpp"
#include "server/http/request_parser.hpp"
#include "server/http/server.hpp"

namespace papersail {

// A connection and the parser of its requests.
struct Exchange {
  Connection& connection;
  RequestParser parser;

  // True if received bytes have not been parsed yet.
  bool has_bytes() const { return parser.has_bytes() || connection.has_bytes(); }
};

struct HttpServer::Loop {
  Loop(Control control, const ServerOptions& options, RouteFunction how);

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
  const RouteFunction route;
  Dispatch& dispatch;
  const Access access;
  const std::chrono::milliseconds heartbeat;
  Connections connections;  // declared before `io`, whose coroutines refer to it
  net::io_context io{1};
  Listener listener;
};

}  // namespace papersail
