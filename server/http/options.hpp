// Where a server listens, and what it puts up with.
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
  unsigned short port = 4566;                  // 0 picks one
  std::optional<unsigned short> control_port;  // of the control API's own; 0 picks one
  // How long a request may take to arrive, and its answer to be taken.
  std::chrono::milliseconds request_timeout{20'000};
  // How long a connection may wait for its next request.
  std::chrono::milliseconds idle_timeout{75'000};
  // How long clients may take to send and receive what is under way when the server stops.
  std::chrono::milliseconds stop_timeout{2'000};
  // How often a stream that has nothing to say says so.
  std::chrono::milliseconds heartbeat{15'000};
  // Beyond them, the one that has been idle longest makes room.
  std::size_t max_connections = 20'000;
  Access access;
  std::shared_ptr<const Tls> tls;  // none: in the clear only; else both, at the same port
};

}  // namespace papersail
