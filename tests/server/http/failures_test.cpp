// Internal errors, and a lack of file descriptors.
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>
#include <thread>

#include "server/http/listener.hpp"
#include "server/http/server.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/server.hpp"
#include "tests/support/serving.hpp"

namespace papersail {
namespace {

int port_of(const std::string& address) {
  return std::stoi(address.substr(address.rfind(':') + 1));
}

// Like `route`, but throws for one path.
Routed fail_for_one_path(Control& control, const Access& access, const HttpRequest& request,
                         ListeningPort port) {
  if (request.target == "/broken") throw std::runtime_error("broken");
  return route(control, access, request, port);
}

ServerOptions on_a_free_port() {
  ServerOptions options;
  options.port = 0;
  return options;
}

struct Stopped {
  Accounts accounts{{"", Lifecycle::load("instant"), Clock::real(), 1}};
  Dispatch dispatch{accounts, true};
  HttpServer server{{accounts, dispatch}, on_a_free_port(), fail_for_one_path};
};

// Limits the numbers of the file descriptors of a process while the object lives.
class FileLimit {
 public:
  FileLimit(pid_t process, rlim_t limit) : process_(process) {
    REQUIRE(::prlimit(process, RLIMIT_NOFILE, nullptr, &before_) == 0);
    const rlimit limited{limit, before_.rlim_max};
    REQUIRE(::prlimit(process, RLIMIT_NOFILE, &limited, nullptr) == 0);
  }
  ~FileLimit() { ::prlimit(process_, RLIMIT_NOFILE, &before_, nullptr); }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  const pid_t process_;
  rlimit before_{};
};

// Reads lines of the output until one contains `text`.
void wait_for_line(Process& process, const std::string& text) {
  std::string line;
  do {
    line = process.line();
    REQUIRE(line != "");
  } while (line.find(text) == std::string::npos);
}

}  // namespace

TEST_CASE_FIXTURE(Stopped, "HttpServer: an exception of a step is logged and leaves run") {
  const CapturedLog log;
  server.while_serving([]() -> bool { throw std::runtime_error("broken step"); });
  CHECK_THROWS_WITH_AS(server.run(), "broken step", std::runtime_error);
  CHECK(log.text().find(" critical papersail stops after an internal error: broken step\n") !=
        std::string::npos);
}

TEST_CASE("Listener: an exception in a connection leaves io_context::run") {
  Connections connections(std::chrono::minutes(1), std::chrono::minutes(1));
  net::io_context io{1};
  Listener listener(io, connections, on_a_free_port());
  listener.start(
      [](Connection&) -> net::awaitable<void> {
        throw std::runtime_error("broken connection");
        co_return;
      },
      [] {});
  const WireClient client(port_of(listener.address()));
  CHECK_THROWS_WITH_AS(io.run(), "broken connection", std::runtime_error);
}

TEST_CASE("Listener: an exception in the maintenance leaves io_context::run") {
  Connections connections(std::chrono::minutes(1), std::chrono::minutes(1));
  net::io_context io{1};
  Listener listener(io, connections, on_a_free_port());
  listener.start([](Connection&) -> net::awaitable<void> { co_return; },
                 [] { throw std::runtime_error("broken maintenance"); });
  CHECK_THROWS_WITH_AS(io.run(), "broken maintenance", std::runtime_error);
}

TEST_CASE_FIXTURE(Stopped, "HTTP: answers 500 and logs it when the routing throws") {
  const CapturedLog log;
  std::thread thread([this] { server.run(); });
  {
    WireClient client(port_of(server.address()));
    client.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = client.response();
    CHECK(response.has_value());
    if (response) CHECK(response->status == 500);
    if (response) CHECK(response->headers.at("x-amzn-errortype") == "ServiceException");
    client.send(good_request);
    const auto next = client.response();
    CHECK(next.has_value());
    if (next) CHECK(next->status == 200);
  }
  server.stop();
  thread.join();
  CHECK(log.text().find(" error - - failed: broken") != std::string::npos);
}

TEST_CASE("accept: continues after a lack of file descriptors") {
  Serving server;
  WireClient first(std::stoi(server.port));
  first.send(good_request);
  CHECK(first.response().has_value());
  std::optional<WireClient> waiting;
  {
    const FileLimit limit(server.pid(), 3);  // no new descriptor
    waiting.emplace(std::stoi(server.port));
    waiting->send(good_request);
    wait_for_line(server, "warning cannot accept connections: Too many open files");
    first.send(good_request);  // connections that are open work on
    CHECK(first.response().has_value());
  }
  const auto response = waiting->response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
}

}  // namespace papersail
