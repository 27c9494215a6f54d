#include "server/http/event_stream.hpp"

namespace papersail {

net::awaitable<void> send_events(Connection& connection, Connections& connections,
                                 const Listener& listener, std::shared_ptr<Stream> stream,
                                 std::chrono::milliseconds heartbeat) {
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

}  // namespace papersail
