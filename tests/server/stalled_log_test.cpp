// A server whose standard output is a pipe that is not read, as with a stalled log driver.
#include <csignal>

#include "tests/support/serving.hpp"

namespace papersail {
namespace {

constexpr int calls = 1000;  // their log lines exceed the pipe's 64 KiB

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++out;
  return out;
}

void call(const Serving& server) {
  WireClient client(std::stoi(server.port));
  for (int i = 0; i < calls; ++i) {
    client.send(request_for("GetActiveNames"));
    const auto response = client.response();
    REQUIRE(response.has_value());
    REQUIRE(response->status == 200);
  }
}

}  // namespace

TEST_CASE("log: a reader that does not read its lines does not stop the server") {
  Serving server;
  call(server);
  server.signal(SIGTERM);
  const std::string log = server.rest();  // the end waits for the reader
  CHECK(server.wait() == 0);
  CHECK(count(log, " info GetActiveNames ") == calls);
  CHECK(log.ends_with("\n"));
}

TEST_CASE("log: a reader that never reads does not keep the server from its end") {
  Serving server;
  call(server);
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

}  // namespace papersail
