// Faults and streams over real sockets.
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

ServerOptions impatient() {
  ServerOptions options = anywhere();
  options.heartbeat = milliseconds(50);
  return options;
}

struct FaultyServer : Server {
  FaultyServer() : Server(all_actions(), impatient()) {}

  void order(const json& fault) const {
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

TEST_CASE_FIXTURE(FaultyServer, "latency: an answer waits, and others are served meanwhile") {
  order({{"action", "GetRegions"}, {"latency_ms", 700}});  // longer than a request may take
  const auto began = steady_clock::now();
  WireClient late = client();
  late.send(request_for("GetRegions"));
  CHECK(is_well());
  const auto response = late.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(steady_clock::now() - began >= milliseconds(700));
  late.send(good_request);
  CHECK(late.response().has_value());
}

TEST_CASE_FIXTURE(FaultyServer, "latency: the end of the server does not wait for it") {
  order({{"action", "GetRegions"}, {"latency_ms", 600'000}});
  WireClient late = client();
  late.send(request_for("GetRegions"));
  CHECK(is_well());  // others are served meanwhile
  stop();
  const auto response = late.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  join();
}

TEST_CASE_FIXTURE(FaultyServer, "latency: a client that leaves meanwhile does no harm") {
  order({{"action", "GetRegions"}, {"latency_ms", 100}});
  {
    WireClient gone = client();
    gone.send(request_for("GetRegions"));
    CHECK(is_well());
  }
  CHECK(ask(request_for("GetRegions")).has_value());
  CHECK(is_well());
}

TEST_CASE_FIXTURE(FaultyServer, "reset: the connection is reset, before the change or after it") {
  order({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}});
  order({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}, {"phase", "after"}});
  for (const std::size_t expected : {0, 1}) {
    WireClient client = this->client();
    client.send(import_pair);
    CHECK(client.is_reset());
    CHECK(pairs() == expected);
  }
  CHECK(is_well());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: it begins at once, and has no length") {
  WireClient client = this->client();
  client.send(control_request("GET", "/_papersail/requests/stream"));
  const auto head = client.response(true);
  REQUIRE(head.has_value());
  CHECK(head->headers.at("content-type") == "text/event-stream");
  CHECK_FALSE(head->headers.contains("content-length"));
  CHECK(head->closes());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: a request is told as it comes, to all who listen") {
  WireClient first = stream();
  WireClient second = stream("?action=GetA*");
  for (int i = 0; i < 3; ++i) {
    CHECK(ask(request_for("GetRegions")).has_value());
    CHECK(is_well());
    for (const char* action : {"GetRegions", "GetActiveNames"}) {
      first.read_until("data: ");
      CHECK(json::parse(first.read_until("\n\n")).at("action") == action);
    }
    second.read_until("data: ");
    CHECK(json::parse(second.read_until("\n\n")).at("action") == "GetActiveNames");
  }
}

TEST_CASE_FIXTURE(FaultyServer, "stream: it tells what a client has missed") {
  CHECK(is_well());
  CHECK(is_well());
  WireClient late = stream("?after=1");
  CHECK(late.read_until("\n").find("id: 2") != std::string::npos);
}

TEST_CASE_FIXTURE(FaultyServer, "stream: one that has nothing to tell says so now and then") {
  WireClient client = stream();
  CHECK(client.read_until("\n\n") == ":\n\n");
  CHECK(client.read_until("\n\n") == ":\n\n");
}

TEST_CASE_FIXTURE(FaultyServer, "stream: one that nothing of the traffic is for says so too") {
  WireClient client = stream("?account=999999999999");
  std::atomic<bool> enough = false;
  std::thread traffic([&] {
    while (!enough) is_well();
  });
  CHECK(client.read_until("\n\n") == ":\n\n");
  CHECK(client.read_until("\n\n") == ":\n\n");
  enough = true;
  traffic.join();
}

TEST_CASE_FIXTURE(FaultyServer, "stream: it ends with the server") {
  WireClient client = stream();
  stop();
  client.read_until("no such thing");  // comments, then the end
  join();
}

TEST_CASE_FIXTURE(FaultyServer, "stream: a client that leaves does no harm") {
  for (int i = 0; i < 5; ++i) stream();
  for (int i = 0; i < 5; ++i) CHECK(is_well());
}

TEST_CASE_FIXTURE(FaultyServer, "stream: HEAD has the head alone") {
  WireClient client = this->client();
  client.send(control_request("HEAD", "/_papersail/requests/stream"));
  const auto head = client.response(true);
  REQUIRE(head.has_value());
  CHECK(head->status == 200);
  CHECK(client.is_closed());
}

TEST_CASE_FIXTURE(FaultyServer, "metrics: connections are counted while they are open") {
  WireClient idle = client();
  idle.send(good_request);
  CHECK(idle.response().has_value());
  const auto response = ask(control_request("GET", "/_papersail/metrics"));
  REQUIRE(response.has_value());
  CHECK(response->headers.at("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(response->body.find("\npapersail_connections 2\n") != std::string::npos);
}

TEST_CASE_FIXTURE(FaultyServer, "requests: the id of a request is the one that its answer had") {
  const auto response = ask(good_request);
  const auto listed = ask(control_request("GET", "/_papersail/requests"));
  REQUIRE(listed.has_value());
  CHECK(json::parse(listed->body).at("requests").at(0).at("requestId") ==
        response->headers.at("x-amzn-requestid"));
}

}  // namespace papersail
