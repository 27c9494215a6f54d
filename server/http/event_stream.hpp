// Server-sent events.
#pragma once

#include <chrono>
#include <memory>

#include "server/http/connection.hpp"
#include "server/http/listener.hpp"
#include "server/observers/stream.hpp"

namespace papersail {

// Sends the stream's events until the client disconnects or the server stops; without events, a
// comment after each `heartbeat`. The request timeout closes the connection of a client that does
// not read.
net::awaitable<void> send_events(Connection& connection, Connections& connections,
                                 const Listener& listener, std::shared_ptr<Stream> stream,
                                 std::chrono::milliseconds heartbeat);

}  // namespace papersail
