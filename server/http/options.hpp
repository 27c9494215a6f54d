// Addresses, timeouts and limits of the HTTP server.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "server/access/access.hpp"
#include "server/http/tls.hpp"

namespace papersail {

struct ServerOptions {
  std::string host = "127.0.0.1";
  unsigned short port = 4566;                  // 0 selects a free port
  std::optional<unsigned short> control_port;  // separate port of the control API
  // Timeout for receiving a request, and for sending its response.
  std::chrono::milliseconds request_timeout{20'000};
  // Timeout of a connection that waits for its next request.
  std::chrono::milliseconds idle_timeout{75'000};
  // Timeout for the requests and responses that are in flight when the server stops.
  std::chrono::milliseconds stop_timeout{2'000};
  // Interval of heartbeat comments in a stream without events.
  std::chrono::milliseconds heartbeat{15'000};
  // Above this number, the server closes the longest idle connection.
  std::size_t max_connections = 20'000;
  Access access;
  std::shared_ptr<const Tls> tls;  // null: plain HTTP only; otherwise both on one port
};

}  // namespace papersail
