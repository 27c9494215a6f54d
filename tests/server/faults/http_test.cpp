// Faults and event streams over real sockets.
#include <atomic>
#include <thread>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string control_request(const std::string& method, const std::string& path,
                            const std::string& body = "") {
  return method + ' ' + path +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

ServerOptions short_heartbeat() {
  ServerOptions options = test_options();
  options.heartbeat = milliseconds(50);
  return options;
}

struct FaultyServer : Server {
  FaultyServer() : Server(all_actions(), short_heartbeat()) {}

  void add_fault(const json& fault) const {
    const auto response =
        ask(control_request("POST", "/_papersail/accounts/000000000000/faults", fault.dump()));
    REQUIRE(response.has_value());
    REQUIRE(response->status == 201);
  }
  WireClient stream(const std::string& query = "") const {
    WireClient out = client();
    out.send(control_request("GET", "/_papersail/requests/stream" + query));
    const auto head = out.response(true);
    REQUIRE(head.has_value());
    CHECK(head->status == 200);
    return out;
  }
  std::size_t pairs() const {
    return json::parse(ask(request_for("GetKeyPairs"))->body).at("keyPairs").size();
  }
};

const std::string import_pair = request_for(
    "ImportKeyPair",
    R"({"keyPairName":"one","publicKeyBase64":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me"})");

}  // namespace

TEST_CASE_FIXTURE(FaultyServer, "latency: delays the response while other requests are served") {
  add_fault({{"action", "GetRegions"}, {"latency_ms", 700}});  // longer than the request timeout
  const auto began = steady_clock::now();
  WireClient late = client();
  late.send(request_for("GetRegions"));
  CHECK(answers());
  const auto response = late.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(steady_clock::now() - began >= milliseconds(700));
  late.send(good_request);
  CHECK(late.response().has_value());
}

TEST_CASE_FIXTURE(FaultyServer, "latency: does not delay the server's stop") {
  add_fault({{"action", "GetRegions"}, {"latency_ms", 600'000}});
  WireClient late = client();
  late.send(request_for("GetRegions"));
  CHECK(answers());  // other requests are served during the delay
  stop();
  const auto response = late.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  join();
}

TEST_CASE_FIXTURE(FaultyServer, "latency: tolerates a client that disconnects during the delay") {
  add_fault({{"action", "GetRegions"}, {"latency_ms", 100}});
  {
    WireClient gone = client();
    gone.send(request_for("GetRegions"));
    CHECK(answers());
  }
  CHECK(ask(request_for("GetRegions")).has_value());
  CHECK(answers());
}

TEST_CASE_FIXTURE(FaultyServer, "reset: resets the connection before or after the change") {
  add_fault({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}});
  add_fault({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}, {"phase", "after"}});
  for (const std::size_t expected : {0, 1}) {
    WireClient client = this->client();
    client.send(import_pair);
    CHECK(client.is_reset());
    CHECK(pairs() == expected);
  }
  CHECK(answers());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: sends its head at once, without a Content-Length") {
  WireClient client = this->client();
  client.send(control_request("GET", "/_papersail/requests/stream"));
  const auto head = client.response(true);
  REQUIRE(head.has_value());
  CHECK(head->headers.at("content-type") == "text/event-stream");
  CHECK_FALSE(head->headers.contains("content-length"));
  CHECK(head->closes());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: sends each request to every client as it is recorded") {
  WireClient first = stream();
  WireClient second = stream("?action=GetA*");
  for (int i = 0; i < 3; ++i) {
    CHECK(ask(request_for("GetRegions")).has_value());
    CHECK(answers());
    for (const char* action : {"GetRegions", "GetActiveNames"}) {
      first.read_until("data: ");
      CHECK(json::parse(first.read_until("\n\n")).at("action") == action);
    }
    second.read_until("data: ");
    CHECK(json::parse(second.read_until("\n\n")).at("action") == "GetActiveNames");
  }
}

TEST_CASE_FIXTURE(FaultyServer, "stream: sends the requests after the given id first") {
  CHECK(answers());
  CHECK(answers());
  WireClient late = stream("?after=1");
  CHECK(late.read_until("\n").find("id: 2") != std::string::npos);
}

TEST_CASE_FIXTURE(FaultyServer, "stream: sends heartbeats when there are no requests") {
  WireClient client = stream();
  CHECK(client.read_until("\n\n") == ":\n\n");
  CHECK(client.read_until("\n\n") == ":\n\n");
}

TEST_CASE_FIXTURE(FaultyServer, "stream: sends heartbeats when its filter matches no request") {
  WireClient client = stream("?account=999999999999");
  std::atomic<bool> enough = false;
  std::thread traffic([&] {
    while (!enough) answers();
  });
  CHECK(client.read_until("\n\n") == ":\n\n");
  CHECK(client.read_until("\n\n") == ":\n\n");
  enough = true;
  traffic.join();
}

TEST_CASE_FIXTURE(FaultyServer, "stream: ends when the server stops") {
  WireClient client = stream();
  stop();
  client.read_until("no such thing");  // heartbeats until EOF
  join();
}

TEST_CASE_FIXTURE(FaultyServer, "stream: tolerates clients that disconnect") {
  for (int i = 0; i < 5; ++i) stream();
  for (int i = 0; i < 5; ++i) CHECK(answers());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: answers HEAD with the headers only") {
  WireClient client = this->client();
  client.send(control_request("HEAD", "/_papersail/requests/stream"));
  const auto head = client.response(true);
  REQUIRE(head.has_value());
  CHECK(head->status == 200);
  CHECK(client.is_closed());
}

TEST_CASE_FIXTURE(FaultyServer, "metrics: counts open connections") {
  WireClient idle = client();
  idle.send(good_request);
  CHECK(idle.response().has_value());
  const auto response = ask(control_request("GET", "/_papersail/metrics"));
  REQUIRE(response.has_value());
  CHECK(response->headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(response->body.find("\npapersail_connections 2\n") != std::string::npos);
}

TEST_CASE_FIXTURE(FaultyServer, "requests: lists the request id that the response had") {
  const auto response = ask(good_request);
  const auto listed = ask(control_request("GET", "/_papersail/requests"));
  REQUIRE(listed.has_value());
  CHECK(json::parse(listed->body).at("requests").at(0).at("requestId") ==
        response->headers.at("x-amzn-requestid"));
}

}  // namespace papersail
