// Stopping the server.
#include <stdexcept>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

const std::string inviting = request_for("GetActiveNames", "{}", "Expect: 100-continue\r\n");

}  // namespace

TEST_CASE_FIXTURE(Server, "stop: answers a request that was sent before it") {
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

TEST_CASE_FIXTURE(Server, "stop: answers requests in flight and closes idle connections") {
  WireClient idle = client();
  idle.send(good_request);
  CHECK(idle.response().has_value());
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
  ServerOptions options = test_options();
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
