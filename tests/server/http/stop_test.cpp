// Slow work outside the event loop, and stopping the server.
#include <semaphore>
#include <stdexcept>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

std::counting_semaphore<> begun(0), go(0);

json blocked_work(std::uint64_t) {
  begun.release();
  go.acquire();
  return "done";
}

json failing_work(std::uint64_t) {
  throw std::runtime_error("the work failed");
}

json get_instance(Call& call) {
  call.slow(blocked_work);
  return json::object();
}

json get_disk(Call& call) {
  call.slow(failing_work);
  return json::object();
}

std::vector<Action> slow_actions() {
  std::vector<Action> out = all_actions();
  const std::vector<Action> overrides = {{"GetInstance", get_instance}, {"GetDisk", get_disk}};
  out.insert(out.begin(), overrides.begin(), overrides.end());
  return out;
}

struct SlowServer : Server {
  SlowServer() : Server(slow_actions()) {
    while (go.try_acquire()) {
    }
  }
  ~SlowServer() { go.release(10); }  // unblocks the worker after a failed test

  // Returns a client whose call is in its slow work.
  WireClient blocked_client() {
    WireClient out = client();
    out.send(request_for("GetInstance", R"({"instanceName":"web"})"));
    REQUIRE(begun.try_acquire_for(std::chrono::seconds(10)));
    return out;
  }
};

const std::string inviting = request_for("GetActiveNames", "{}", "Expect: 100-continue\r\n");

}  // namespace

TEST_CASE_FIXTURE(SlowServer, "slow work: does not delay other requests") {
  WireClient slow = blocked_client();
  CHECK(is_well());
  CHECK(is_well());
  go.release();
  const auto response = slow.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
}

TEST_CASE_FIXTURE(SlowServer, "slow work: may take longer than the request timeout") {
  WireClient slow = blocked_client();
  WireClient silent = client();
  silent.send("POST");
  CHECK(silent.is_closed());  // the request timeout has passed
  go.release();
  CHECK(slow.response().has_value());
}

TEST_CASE_FIXTURE(SlowServer, "slow work: returns an error when it throws") {
  WireClient client = this->client();
  client.send(request_for("GetDisk", R"({"diskName":"data"})") + good_request);
  const auto response = client.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 500);
  const json error = json::parse(response->body);
  CHECK(error.at("__type") == "ServiceException");
  CHECK(error.at("message") == "papersail failed: the work failed");
  CHECK(client.response()->status == 200);
}

TEST_CASE_FIXTURE(SlowServer, "slow work: tolerates a client that disconnects") {
  { WireClient gone = blocked_client(); }
  CHECK(is_well());
  go.release();
  CHECK(is_well());
}

TEST_CASE_FIXTURE(SlowServer, "stop: answers a request that was sent before it") {
  WireClient client = this->client();
  client.send(good_request);
  CHECK(client.response().has_value());
  client.send(good_request);
  stop();
  const auto response = client.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  join();
}

TEST_CASE_FIXTURE(SlowServer, "stop: answers requests in flight and closes idle connections") {
  WireClient idle = client();
  idle.send(good_request);
  CHECK(idle.response().has_value());
  WireClient slow = blocked_client();
  WireClient half = client();
  half.send(inviting.substr(0, inviting.size() - 2));
  CHECK(half.response()->status == 100);  // the server has read the head of the request
  stop();
  CHECK(idle.is_closed());
  CHECK_THROWS_AS(client(), std::runtime_error);
  half.send("{}");
  const auto late = half.response();
  REQUIRE(late.has_value());
  CHECK(late->status == 200);
  CHECK(late->closes());
  CHECK(half.is_closed());
  join();
}

TEST_CASE_FIXTURE(Server,
                  "stop: may be called twice, and closes a connection with half a request") {
  WireClient half = client();
  half.send("POST");
  stop();
  stop();
  join();
  CHECK(half.is_closed());
}

TEST_CASE("stop: does not wait for slow clients") {
  ServerOptions options = anywhere();
  options.request_timeout = options.idle_timeout = std::chrono::minutes(10);
  options.stop_timeout = std::chrono::milliseconds(50);
  Server server(all_actions(), options);
  WireClient half = server.client(), body = server.client(), silent = server.client();
  half.send("POST");
  body.send(inviting.substr(0, inviting.size() - 2));
  CHECK(body.response()->status == 100);
  const auto began = std::chrono::steady_clock::now();
  server.stop();
  server.join();
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(60));
  CHECK(half.is_closed());
  CHECK(silent.is_closed());
}

TEST_CASE("stop: makes a later run return at once") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  ServerOptions options;
  options.port = 0;
  HttpServer server({accounts, dispatch}, options);
  server.stop();
  server.run();
}

TEST_CASE("HttpServer: names an address that it cannot bind") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  ServerOptions options;
  options.port = 0;
  options.host = "nowhere";
  CHECK_THROWS_WITH_AS((HttpServer({accounts, dispatch}, options)),
                       "cannot listen on nowhere port 0: Invalid argument", std::runtime_error);
  options.host = "127.0.0.1";
  const HttpServer first({accounts, dispatch}, options);
  const std::string address = first.address();
  const std::string port = address.substr(address.rfind(':') + 1);
  options.port = static_cast<unsigned short>(std::stoi(port));
  const std::string taken = "cannot listen on 127.0.0.1 port " + port + ": Address already in use";
  CHECK_THROWS_WITH_AS((HttpServer({accounts, dispatch}, options)), taken.c_str(),
                       std::runtime_error);
}

}  // namespace papersail
