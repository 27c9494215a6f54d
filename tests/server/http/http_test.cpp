// HTTP over real sockets.
#include <ctime>
#include <regex>
#include <set>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

const std::string& header(const WireResponse& response, const std::string& name) {
  REQUIRE(response.headers.contains(name));
  return response.headers.at(name);
}

WireResponse required(std::optional<WireResponse> response) {
  REQUIRE(response.has_value());
  return *std::move(response);
}

std::string message_of(const WireResponse& response) {
  return json::parse(response.body).at("message");
}

}  // namespace

TEST_CASE_FIXTURE(Server, "HTTP/1.1: serves several requests on one connection") {
  WireClient client = this->client();
  for (int i = 0; i < 3; ++i) {
    client.send(good_request);
    const WireResponse response = required(client.response());
    CHECK(response.status == 200);
    CHECK(response.minor_version == 1);
    CHECK_FALSE(response.closes());
    CHECK(json::parse(response.body) == json({{"activeNames", json::array()}}));
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: answers ten pipelined requests in order") {
  std::string bytes;
  for (int i = 0; i < 10; ++i) bytes += request_for("Nothing" + std::to_string(i));
  WireClient client = this->client();
  client.send(bytes);
  for (int i = 0; i < 10; ++i) {
    CHECK(message_of(required(client.response())) == "Unknown action: Nothing" + std::to_string(i));
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: accepts a request that arrives byte by byte") {
  WireClient client = this->client();
  for (const char byte : good_request) client.send({&byte, 1});
  CHECK(required(client.response()).status == 200);
}

TEST_CASE_FIXTURE(Server,
                  "HTTP/1.1: closes the connection after the response to Connection: close") {
  WireClient client = this->client();
  client.send(request_for("GetActiveNames", "{}", "Connection: close\r\n"));
  const WireResponse response = required(client.response());
  CHECK(response.status == 200);
  CHECK(response.closes());
  CHECK(client.is_closed());
}

TEST_CASE_FIXTURE(Server, "HTTP/1.0: closes the connection after the response without keep-alive") {
  std::string old_request = good_request;
  old_request.replace(old_request.find("HTTP/1.1"), 8, "HTTP/1.0");
  WireClient closing = this->client();
  closing.send(old_request);
  const WireResponse response = required(closing.response());
  CHECK(response.status == 200);
  CHECK(response.minor_version == 0);
  CHECK(response.closes());
  CHECK(closing.is_closed());

  old_request.insert(old_request.find("Host:"), "Connection: keep-alive\r\n");
  WireClient kept = this->client();
  for (int i = 0; i < 2; ++i) {
    kept.send(old_request);
    const WireResponse again = required(kept.response());
    CHECK(again.minor_version == 0);
    CHECK_FALSE(again.closes());
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: ignores the case of header names") {
  const auto response = required(ask(
      "POST / HTTP/1.1\r\nhost: x\r\nX-AMZ-TARGET: Lightsail_20161128.GetActiveNames\r\n"
      "CONTENT-type: application/x-amz-json-1.1; charset=utf-8\r\ncontent-LENGTH: 2\r\n\r\n{}"));
  CHECK(response.status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: accepts a chunked body") {
  WireClient client = this->client();
  std::string head = request_for("GetOperationsForResource", "");
  head.replace(head.find("Content-Length: 0"), 17, "Transfer-Encoding: chunked");
  client.send(head + "5\r\n{\"res\r\n");
  client.send("10;ext=1\r\nourceName\":\"web\"\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n" +
              good_request);
  CHECK(message_of(required(client.response())) == "The Resource does not exist: web");
  CHECK(required(client.response()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: sends 100 Continue to a client that expects it") {
  WireClient client = this->client();
  const std::string request = request_for("GetActiveNames", "{}", "Expect: 100-continue\r\n");
  client.send(request.substr(0, request.size() - 2));
  CHECK(required(client.response()).status == 100);
  client.send("{}");
  CHECK(required(client.response()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: sends the headers that SDKs read in every response") {
  static const std::regex uuid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  std::set<std::string> ids;
  WireClient client = this->client();
  for (const char* action : {"GetActiveNames", "GetOperation", "Nothing"}) {
    client.send(request_for(action));
    const WireResponse response = required(client.response());
    CHECK(header(response, "content-type") == "application/x-amz-json-1.1");
    CHECK(std::regex_match(header(response, "x-amzn-requestid"), uuid));
    CHECK(ids.insert(header(response, "x-amzn-requestid")).second);
    std::tm date{};
    REQUIRE(strptime(header(response, "date").c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date));
    CHECK(std::abs(timegm(&date) - std::time(nullptr)) <= 2);
    const auto type = response.headers.find("x-amzn-errortype");
    REQUIRE((type == response.headers.end()) == (response.status == 200));
    if (response.status != 200) CHECK(json::parse(response.body).at("__type") == type->second);
  }
}

TEST_CASE_FIXTURE(Server, "health: answers GET and HEAD on both paths") {
  WireClient client = this->client();
  for (const std::string path : {"/_papersail/health", "/_localstack/health?reload"}) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireResponse whole = required(client.response());
    CHECK(whole.status == 200);
    CHECK(header(whole, "content-type") == "application/json");
    CHECK(json::parse(whole.body).contains("version"));
    client.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireResponse head = required(client.response(true));
    CHECK(head.status == 200);
    CHECK(header(head, "content-length") == std::to_string(whole.body.size()));
    client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    CHECK(required(client.response()).status == 405);
  }
}

TEST_CASE_FIXTURE(Server, "health: reports lightsail as running on LocalStack's path") {
  const auto response = required(ask("GET /_localstack/health HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(json::parse(response.body).at("services").at("lightsail") == "running");
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: explains how to call actions when the method is wrong") {
  WireClient client = this->client();
  for (const std::string start : {"GET /nothing ", "PUT / ", "BREW / "}) {
    client.send(start + "HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireResponse response = required(client.response());
    CHECK(response.status == 404);
    CHECK(message_of(response) == "Actions are called by POST, with an X-Amz-Target header.");
  }
  client.send(good_request);
  CHECK(required(client.response()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: shows a page at / in a browser") {
  WireClient client = this->client();
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const WireResponse page = required(client.response());
  CHECK(page.status == 200);
  CHECK(header(page, "content-type") == "text/html; charset=utf-8");
  CHECK(page.body.find("This is a local Amazon Lightsail.") != std::string::npos);
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(required(client.response(true)).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: accepts a target in absolute form") {
  const auto response =
      required(ask("GET http://127.0.0.1/_papersail/health HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(response.status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: refuses a request without Host, or with two") {
  for (const std::string hosts : {"", "Host: a\r\nHost: b\r\n"}) {
    CHECK(required(ask("GET /_papersail/health HTTP/1.1\r\n" + hosts + "\r\n")).status == 400);
  }
  CHECK(required(ask("GET /_papersail/health HTTP/1.0\r\n\r\n")).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: serves two hundred connections at once") {
  std::vector<WireClient> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(client());
  for (WireClient& client : clients) client.send(good_request.substr(0, 20));
  for (WireClient& client : clients) client.send(good_request.substr(20));
  int served = 0;
  for (WireClient& client : clients) served += required(client.response()).status == 200 ? 1 : 0;
  CHECK(served == 200);
}

}  // namespace papersail
