// HTTP as clients speak it, over real sockets.
#include <ctime>
#include <regex>
#include <set>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

const std::string& header(const WireAnswer& answer, const std::string& name) {
  REQUIRE(answer.headers.contains(name));
  return answer.headers.at(name);
}

WireAnswer required(std::optional<WireAnswer> answer) {
  REQUIRE(answer.has_value());
  return *std::move(answer);
}

std::string message_of(const WireAnswer& answer) {
  return json::parse(answer.body).at("message");
}

}  // namespace

TEST_CASE_FIXTURE(Server, "HTTP/1.1: a connection serves one request after the other") {
  WireClient client = this->client();
  for (int i = 0; i < 3; ++i) {
    client.send(good_request);
    const WireAnswer answer = required(client.answer());
    CHECK(answer.status == 200);
    CHECK(answer.minor_version == 1);
    CHECK_FALSE(answer.closes());
    CHECK(json::parse(answer.body) == json({{"activeNames", json::array()}}));
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: ten requests in one write are answered in order") {
  std::string bytes;
  for (int i = 0; i < 10; ++i) bytes += request_for("Nothing" + std::to_string(i));
  WireClient client = this->client();
  client.send(bytes);
  for (int i = 0; i < 10; ++i) {
    CHECK(message_of(required(client.answer())) == "Unknown action: Nothing" + std::to_string(i));
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: a request may come byte by byte") {
  WireClient client = this->client();
  for (const char byte : good_request) client.send({&byte, 1});
  CHECK(required(client.answer()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: Connection: close ends it after the answer") {
  WireClient client = this->client();
  client.send(request_for("GetActiveNames", "{}", "Connection: close\r\n"));
  const WireAnswer answer = required(client.answer());
  CHECK(answer.status == 200);
  CHECK(answer.closes());
  CHECK(client.is_closed());
}

TEST_CASE_FIXTURE(Server, "HTTP/1.0: the connection ends after the answer, unless it is kept") {
  std::string old_request = good_request;
  old_request.replace(old_request.find("HTTP/1.1"), 8, "HTTP/1.0");
  WireClient closing = this->client();
  closing.send(old_request);
  const WireAnswer answer = required(closing.answer());
  CHECK(answer.status == 200);
  CHECK(answer.minor_version == 0);
  CHECK(answer.closes());
  CHECK(closing.is_closed());

  old_request.insert(old_request.find("Host:"), "Connection: keep-alive\r\n");
  WireClient kept = this->client();
  for (int i = 0; i < 2; ++i) {
    kept.send(old_request);
    const WireAnswer again = required(kept.answer());
    CHECK(again.minor_version == 0);
    CHECK_FALSE(again.closes());
  }
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: names of headers come in any case") {
  const auto answer = required(ask(
      "POST / HTTP/1.1\r\nhost: x\r\nX-AMZ-TARGET: Lightsail_20161128.GetActiveNames\r\n"
      "CONTENT-type: application/x-amz-json-1.1; charset=utf-8\r\ncontent-LENGTH: 2\r\n\r\n{}"));
  CHECK(answer.status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: a body may be chunked") {
  WireClient client = this->client();
  std::string head = request_for("GetOperationsForResource", "");
  head.replace(head.find("Content-Length: 0"), 17, "Transfer-Encoding: chunked");
  client.send(head + "5\r\n{\"res\r\n");
  client.send("10;ext=1\r\nourceName\":\"web\"\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n" +
              good_request);
  CHECK(message_of(required(client.answer())) == "The Resource does not exist: web");
  CHECK(required(client.answer()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: a client that waits to be invited sends its body then") {
  WireClient client = this->client();
  const std::string request = request_for("GetActiveNames", "{}", "Expect: 100-continue\r\n");
  client.send(request.substr(0, request.size() - 2));
  CHECK(required(client.answer()).status == 100);
  client.send("{}");
  CHECK(required(client.answer()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: every answer has the headers that clients read") {
  static const std::regex uuid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  std::set<std::string> ids;
  WireClient client = this->client();
  for (const char* action : {"GetActiveNames", "GetOperation", "Nothing"}) {
    client.send(request_for(action));
    const WireAnswer answer = required(client.answer());
    CHECK(header(answer, "content-type") == "application/x-amz-json-1.1");
    CHECK(std::regex_match(header(answer, "x-amzn-requestid"), uuid));
    CHECK(ids.insert(header(answer, "x-amzn-requestid")).second);
    std::tm date{};
    REQUIRE(strptime(header(answer, "date").c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date));
    CHECK(std::abs(timegm(&date) - std::time(nullptr)) <= 2);
    const auto type = answer.headers.find("x-amzn-errortype");
    REQUIRE((type == answer.headers.end()) == (answer.status == 200));
    if (answer.status != 200) CHECK(json::parse(answer.body).at("__type") == type->second);
  }
}

TEST_CASE_FIXTURE(Server, "health: both paths answer GET and HEAD") {
  WireClient client = this->client();
  for (const std::string path : {"/_papersail/health", "/_localstack/health?reload"}) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireAnswer whole = required(client.answer());
    CHECK(whole.status == 200);
    CHECK(header(whole, "content-type") == "application/json");
    CHECK(json::parse(whole.body).contains("version"));
    client.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireAnswer head = required(client.answer(true));
    CHECK(head.status == 200);
    CHECK(header(head, "content-length") == std::to_string(whole.body.size()));
    client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    CHECK(required(client.answer()).status == 405);
  }
}

TEST_CASE_FIXTURE(Server, "health: LocalStack's clients find lightsail running") {
  const auto answer = required(ask("GET /_localstack/health HTTP/1.1\r\nHost: x\r\n\r\n"));
  CHECK(json::parse(answer.body).at("services").at("lightsail") == "running");
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: other methods and paths are told what to do") {
  WireClient client = this->client();
  for (const std::string start : {"GET / ", "GET /nothing ", "PUT / ", "BREW / "}) {
    client.send(start + "HTTP/1.1\r\nHost: x\r\n\r\n");
    const WireAnswer answer = required(client.answer());
    CHECK(answer.status == 404);
    CHECK(message_of(answer) == "Actions are called by POST, with an X-Amz-Target header.");
  }
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(required(client.answer(true)).status == 404);
  client.send(good_request);
  CHECK(required(client.answer()).status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP/1.1: two hundred connections at once are all served") {
  std::vector<WireClient> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(client());
  for (WireClient& client : clients) client.send(good_request.substr(0, 20));
  for (WireClient& client : clients) client.send(good_request.substr(20));
  int served = 0;
  for (WireClient& client : clients) served += required(client.answer()).status == 200 ? 1 : 0;
  CHECK(served == 200);
}

}  // namespace papersail
