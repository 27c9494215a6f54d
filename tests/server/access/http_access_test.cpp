// Access rules, TLS and connection limits over real sockets.
#include <semaphore>

#include "tests/support/server.hpp"
#include "tests/support/tls_client.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

std::string request_to(std::string_view path, std::string_view more_headers = "",
                       std::string_view method = "GET") {
  return std::string(method) + ' ' + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:4566\r\n" +
         std::string(more_headers) + "\r\n";
}

const std::string openapi = "/_papersail/openapi.json";

int status_of(const std::optional<WireResponse>& response) {
  REQUIRE(response.has_value());
  return response->status;
}

ServerOptions with(const std::function<void(ServerOptions&)>& change) {
  ServerOptions out = test_options();
  change(out);
  return out;
}

struct Guarded : Server {
  Guarded()
      : Server(all_actions(), with([](ServerOptions& options) {
                 options.access = {"secret", {"http://localhost:3000"}};
                 options.control_port = 0;
               })) {}
};

struct Small : Server {
  Small()
      : Server(all_actions(), with([](ServerOptions& options) { options.max_connections = 3; })) {}

  // Returns an idle client, after one request.
  WireClient idle() {
    WireClient out = client();
    ask_again(out);
    return out;
  }
  static void ask_again(WireClient& client) {
    client.send(good_request);
    CHECK(status_of(client.response()) == 200);
  }
};

struct Secure : Server {
  explicit Secure(std::shared_ptr<const Tls> tls =
                      std::make_shared<Tls>(Tls::self_signed({"DNS:localhost", "IP:127.0.0.1"})))
      : Server(all_actions(), with([&](ServerOptions& options) { options.tls = tls; })),
        certificate(tls) {}

  std::shared_ptr<const Tls> certificate;
};

// A TLS client after its handshake.
struct SecureClient {
  explicit SecureClient(const Secure& server)
      : wire(server.client()), tls(server.certificate->certificate(), "localhost") {
    while (!tls.handshake()) exchange();
    wire.send(tls.take_output());
  }
  void exchange() {
    wire.send(tls.take_output());
    const std::string bytes = wire.bytes();
    REQUIRE(bytes != "");
    tls.feed(bytes);
  }
  // Sends a request and returns the decrypted response.
  std::string ask(const std::string& request) {
    tls.write(request);
    std::string out;
    while (out.find("activeNames") == std::string::npos) {
      exchange();
      out += tls.read();
    }
    return out;
  }

  WireClient wire;
  TlsClient tls;
};

std::binary_semaphore begun(0), go(0);

json get_instance(Call& /*call*/) {
  begun.release();
  go.acquire();  // blocks the event loop
  return json::object();
}

}  // namespace

TEST_CASE_FIXTURE(Guarded,
                  "--control-port: serves the control API only there, and health on both ports") {
  const std::string token = "Authorization: Bearer secret\r\n";
  WireClient main(port()), control(control_port());
  main.send(request_to(openapi, token));
  CHECK(status_of(main.response()) == 404);
  main.send(request_to("/_papersail/health"));
  CHECK(status_of(main.response()) == 200);
  main.send(good_request);
  CHECK(status_of(main.response()) == 200);
  control.send(request_to(openapi, token));
  CHECK(status_of(control.response()) == 200);
  control.send(request_to("/_papersail/health"));
  CHECK(status_of(control.response()) == 200);
  control.send(good_request);
  CHECK(status_of(control.response()) == 404);
}

TEST_CASE_FIXTURE(Guarded, "--control-token: refuses control requests without the token") {
  WireClient client(control_port());
  client.send(request_to(openapi));
  const auto response = client.response();
  CHECK(status_of(response) == 401);
  CHECK(response->headers.at("www-authenticate") == "Bearer");
  CHECK(response->headers.at("content-type") == "application/json");
  client.send(request_to(openapi, "Authorization: Bearer secret\r\n"));
  CHECK(status_of(client.response()) == 200);
}

TEST_CASE_FIXTURE(Guarded, "CORS: allows a page to call and to read errors after a preflight") {
  const std::string origin = "Origin: http://localhost:3000\r\n";
  WireClient client = this->client();
  client.send(request_to("/",
                         origin + "Access-Control-Request-Method: POST\r\n"
                                  "Access-Control-Request-Headers: x-amz-target\r\n",
                         "OPTIONS"));
  const auto preflight_response = client.response();
  CHECK(status_of(preflight_response) == 200);
  CHECK(preflight_response->headers.at("access-control-allow-headers") == "x-amz-target");
  CHECK(preflight_response->headers.at("access-control-allow-origin") == "http://localhost:3000");
  for (const char* action : {"GetActiveNames", "GetOperation", "Nothing"}) {
    client.send(request_for(action, "{}", origin));
    const auto response = client.response();
    REQUIRE(response.has_value());
    CHECK(response->headers.at("access-control-allow-origin") == "http://localhost:3000");
    CHECK(response->headers.at("vary") == "Origin");
  }
  client.send(request_for("GetActiveNames", "{}", "Origin: http://localhost:3001\r\n"));
  CHECK(client.response()->headers.count("access-control-allow-origin") == 0);
}

TEST_CASE("strict: verifies the headers of HTTP requests") {
  const Server server(all_actions(), test_options(),
                      Auth(Auth::Mode::strict, {{"KEY", {"secret", "123456789012", "", {}}}}));
  const auto unsigned_response = server.ask(good_request);
  CHECK(status_of(unsigned_response) == 400);
  CHECK(unsigned_response->headers.at("x-amzn-errortype") == "MissingAuthenticationTokenException");
  const auto old = server.ask(request_for(
      "GetActiveNames", "{}",
      "x-amz-date: 20150830T123600Z\r\nAuthorization: AWS4-HMAC-SHA256 "
      "Credential=KEY/20150830/us-east-1/lightsail/aws4_request, SignedHeaders=host;x-amz-date, "
      "Signature=0\r\n"));
  CHECK(status_of(old) == 400);
  CHECK(old->body.find("Signature expired: 20150830T123600Z") != std::string::npos);
}

TEST_CASE_FIXTURE(Small, "--max-connections: closes the longest idle connection above the limit") {
  WireClient first = idle(), second = idle(), third = idle();
  ask_again(first);  // now the second client has been idle longest
  WireClient fourth = idle();
  CHECK(second.is_closed());
  ask_again(first);
  ask_again(third);
  ask_again(fourth);
}

TEST_CASE_FIXTURE(Small, "--max-connections: waits for a free slot when no connection is idle") {
  std::vector<WireClient> slow;
  for (int i = 0; i < 3; ++i) {
    slow.push_back(client());
    slow.back().send(good_request.substr(0, 20));
  }
  idle();  // served when a slow client has timed out
  int closed = 0;
  for (WireClient& client : slow) closed += client.is_closed() ? 1 : 0;
  CHECK(closed == 3);
}

TEST_CASE("HTTP: serves others besides a thousand idle and slow clients") {
  const Server server;
  std::vector<WireClient> clients;
  for (int i = 0; i < 1000; ++i) {
    clients.push_back(server.client());
    if (i % 2 == 0) clients.back().send("POST");
  }
  for (int i = 0; i < 20; ++i) CHECK(server.answers());
}

TEST_CASE("HTTP: closes connections after the idle timeout") {
  const Server server(all_actions(), with([](ServerOptions& options) {
                        options.idle_timeout = std::chrono::milliseconds(500);
                      }));
  WireClient silent = server.client();
  WireClient used = server.client();
  used.send(good_request);
  CHECK(status_of(used.response()) == 200);
  CHECK(silent.is_closed());
  CHECK(used.is_closed());
  CHECK(server.answers());
}

TEST_CASE_FIXTURE(Secure, "TLS: shares the port with plain HTTP") {
  SecureClient client(*this);
  for (int i = 0; i < 3; ++i) {
    CHECK(client.ask(good_request).starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answers());  // plain HTTP
  }
}

TEST_CASE_FIXTURE(Secure, "TLS: sends close_notify when a connection ends") {
  SecureClient client(*this);
  client.ask(request_for("GetActiveNames", "{}", "Connection: close\r\n"));
  while (!client.tls.is_ended()) {
    client.exchange();
    CHECK(client.tls.read() == "");
  }
  CHECK(client.wire.is_closed());
}

TEST_CASE_FIXTURE(Secure, "TLS: closes a connection with a partial or invalid handshake") {
  WireClient half = client();
  half.send("\x16\x03\x01");
  WireClient bad = client();
  bad.send(std::string("\x16\x03\x01\x00\x05hello", 10));
  CHECK(bad.bytes() != "");  // the TLS alert
  CHECK(bad.is_closed());
  CHECK(half.is_closed());
  CHECK(answers());
}

TEST_CASE_FIXTURE(Secure, "TLS: does not delay the stop for an idle connection") {
  SecureClient idle(*this);
  WireClient greeting = client();
  greeting.send("\x16");
  stop();
  join();
  CHECK(idle.wire.bytes().size() < 100);  // a close_notify at most
}

TEST_CASE("stop: answers clients that connected and sent a request before it") {
  std::vector<Action> actions = all_actions();
  actions.insert(actions.begin(), {"GetInstance", get_instance});
  Server server(actions);
  WireClient holding = server.client();
  holding.send(request_for("GetInstance", R"({"instanceName":"web"})"));
  begun.acquire();
  std::vector<WireClient> waiting;  // not accepted yet
  for (int i = 0; i < 20; ++i) {
    waiting.push_back(server.client());
    waiting.back().send(good_request + good_request);
  }
  server.stop();
  go.release();
  for (WireClient& client : waiting) {
    CHECK(status_of(client.response()) == 200);
    const auto second = client.response();
    CHECK(status_of(second) == 200);
    CHECK(second->closes());
    CHECK(client.is_closed());
  }
  server.join();
}

}  // namespace papersail
