// Invalid requests. The server must serve the next valid request after each of them.
#include <string>

#include "tests/support/server.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

struct Bad {
  const char* what;
  std::string bytes;
  int status;
  const char* type;
};

const std::string start = "POST / HTTP/1.1\r\nHost: x\r\n";
const std::string target = "X-Amz-Target: Lightsail_20161128.GetActiveNames\r\n";
constexpr const char* malformed = "MalformedHttpRequestException";

// The server closes the connection after each of these.
const Bad bad_http[] = {
    {"garbage", "hello, is this HTTP?\r\n\r\n", 400, malformed},
    {"a TLS greeting", std::string("\x16\x03\x01\x02\0\1\0\1\xfc\3\3", 11), 400, malformed},
    {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, malformed},
    {"HTTP/1.7", "POST / HTTP/1.7\r\n\r\n", 400, malformed},
    {"lines without CR", "POST / HTTP/1.1\nHost: x\n" + target + "Content-Length: 2\n\n{}", 400,
     malformed},
    {"NUL in a header", start + target + std::string("X: a\0b\r\n", 8) + "\r\n", 400, malformed},
    {"NUL in the target", start + "X-Amz-Target: Light" + '\0' + "sail\r\n\r\n", 400, malformed},
    {"a space before the colon", start + "X-Amz-Target : a\r\n\r\n", 400, malformed},
    {"negative length", start + target + "Content-Length: -2\r\n\r\n{}", 400, malformed},
    {"length beyond 64 bits", start + target + "Content-Length: 99999999999999999999\r\n\r\n", 400,
     malformed},
    {"length that is not a number", start + target + "Content-Length: two\r\n\r\n{}", 400,
     malformed},
    {"two lengths", start + target + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400,
     malformed},
    {"length and chunks",
     start + target + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
     400, malformed},
    {"an unknown coding", start + target + "Transfer-Encoding: gzip\r\n\r\n{}", 400, malformed},
    {"a bad chunk", start + target + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", 400,
     malformed},
    {"a huge header", start + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 431,
     "SerializationException"},
    {"an endless header", start + "X: " + std::string(3'000'000, 'a'), 431,
     "SerializationException"},
    {"a very long request line", "POST /" + std::string(3'000'000, 'a'), 431,
     "SerializationException"},
    {"a large Content-Length", start + target + "Content-Length: 1048577\r\n\r\n{", 413,
     "RequestEntityTooLargeException"},
    {"a large body",
     start + target + "Content-Length: 9000000\r\n\r\n" + std::string(9'000'000, ' '), 413,
     "RequestEntityTooLargeException"},
    {"a large chunk",
     start + target + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" + std::string(0x200000, ' '),
     413, "RequestEntityTooLargeException"},
};

std::string with_body(const std::string& body) {
  return request_for("GetOperation", body);
}

// The connection stays open after each of these.
const Bad bad_calls[] = {
    {"not JSON", with_body("resource=web"), 400, "SerializationException"},
    {"truncated JSON", with_body("{\"operationId\":"), 400, "SerializationException"},
    {"two JSON values", with_body("{}{}"), 400, "SerializationException"},
    {"a list", with_body("[]"), 400, "SerializationException"},
    {"null", with_body("null"), 400, "SerializationException"},
    {"a bare word", with_body("\"web\""), 400, "SerializationException"},
    {"NUL bytes", with_body(std::string(10, '\0')), 400, "SerializationException"},
    {"deep brackets", with_body(std::string(100'000, '[')), 400, "SerializationException"},
    {"deep objects", with_body([] {
       std::string deep;
       for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
       return deep;
     }()),
     400, "SerializationException"},
    {"UTF-8 cut off", with_body("{\"operationId\":\"\xc3\"}"), 400, "SerializationException"},
    {"UTF-8 too long", with_body("{\"operationId\":\"\xc0\xaf\"}"), 400, "SerializationException"},
    {"half a surrogate pair", with_body("{\"operationId\":\"\\ud800\"}"), 400,
     "SerializationException"},
    {"a number beyond doubles", with_body("{\"operationId\":1e999}"), 400,
     "SerializationException"},
    {"a number for text", with_body("{\"operationId\":99999999999999999999}"), 400,
     "InvalidInputException"},
    {"minus zero for text", with_body("{\"operationId\":-0}"), 400, "InvalidInputException"},
    {"a form's content type",
     start + target +
         "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n\r\n{}",
     400, "SerializationException"},
    {"no target", start + "Content-Length: 2\r\n\r\n{}", 404, "UnknownOperationException"},
    {"two targets", start + target + target + "Content-Length: 2\r\n\r\n{}", 404,
     "UnknownOperationException"},
    {"another service's target",
     start + "X-Amz-Target: DynamoDB_20120810.GetItem\r\nContent-Length: 2\r\n\r\n{}", 501,
     "NotImplementedException"},
    {"an unknown service's target",
     start + "X-Amz-Target: Coffee_20120810.GetItem\r\nContent-Length: 2\r\n\r\n{}", 404,
     "UnknownOperationException"},
    {"a target of odd bytes",
     start + "X-Amz-Target: Lightsail_20161128.\xff\xfe\"\\\r\nContent-Length: 2\r\n\r\n{}", 404,
     "UnknownOperationException"},
    {"a long path", "POST /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 404,
     "UnknownOperationException"},
};

void check_refusal(const std::optional<WireResponse>& response, const Bad& bad) {
  REQUIRE(response.has_value());
  CHECK(response->status == bad.status);
  const json error = json::parse(response->body);
  CHECK(error.at("__type") == bad.type);
  CHECK(response->headers.at("x-amzn-errortype") == bad.type);
  CHECK(error.at("message").get<std::string>() != "");
}

// Larger than the socket buffers of both sides.
const std::string large_disk = R"({"path":")" + std::string(11'000'000, 'a') + R"("})";

}  // namespace

TEST_CASE_FIXTURE(Server, "HTTP: refuses malformed requests and closes the connection cleanly") {
  for (const Bad& bad : bad_http) {
    CAPTURE(bad.what);
    WireClient client = this->client();
    client.send(bad.bytes);
    const auto response = client.response();
    check_refusal(response, bad);
    CHECK(response->closes());
    client.end_sending();
    CHECK(client.is_closed());
    CHECK(answers());
  }
}

TEST_CASE_FIXTURE(Server, "HTTP: refuses invalid calls and keeps the connection open") {
  WireClient client = this->client();
  for (const Bad& bad : bad_calls) {
    CAPTURE(bad.what);
    client.send(bad.bytes);
    const auto response = client.response();
    check_refusal(response, bad);
    CHECK_FALSE(response->closes());
    client.send(good_request);
    const auto good = client.response();
    REQUIRE(good.has_value());
    CHECK(good->status == 200);
  }
}

TEST_CASE_FIXTURE(Server, "HTTP: accepts a body of exactly 1 MiB") {
  const auto response =
      ask(request_for("GetActiveNames", "{" + std::string((1 << 20) - 2, ' ') + "}"));
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
}

TEST_CASE_FIXTURE(Server, "HTTP: closes a connection that stalls within a request") {
  for (const std::size_t cut : {std::size_t{10}, std::size_t{60}, good_request.size() - 1}) {
    CAPTURE(cut);
    WireClient client = this->client();
    client.send(good_request.substr(0, cut));
    CHECK_FALSE(client.response().has_value());
    CHECK(client.is_closed());
  }
  CHECK(answers());
}

TEST_CASE_FIXTURE(Server, "HTTP: keeps an idle connection open after the request timeout") {
  WireClient idle = client();
  idle.send(good_request);
  CHECK(idle.response().has_value());
  WireClient silent = client();  // closed when the request timeout has passed
  silent.send("POST");
  CHECK(silent.is_closed());
  idle.send(good_request);
  CHECK(idle.response().has_value());
}

TEST_CASE_FIXTURE(Server, "HTTP: tolerates clients that disconnect at any point of a request") {
  for (const std::size_t cut :
       {std::size_t{0}, std::size_t{10}, good_request.size() - 1, good_request.size()}) {
    for (int i = 0; i < 20; ++i) client().send(good_request.substr(0, cut));
    WireClient half = client();
    half.send(good_request.substr(0, cut));
    half.end_sending();
    CHECK(half.response().has_value() == (cut == good_request.size()));
    CHECK(half.is_closed());
    CHECK(answers());
  }
}

TEST_CASE("HTTP: drops a client that does not read the response") {
  const Server server({{"GetActiveNames",
                        [](Call&) {
                          return json({{"activeNames", {"web"}}});
                        }},
                       {"GetDisk", [](Call&) {
                          return json({{"disk", raw_json(large_disk)}});
                        }}});
  WireClient client = server.client();
  client.send(request_for("GetDisk", R"({"diskName":"data"})"));
  WireClient silent = server.client();
  silent.send("POST");
  CHECK(silent.is_closed());  // the timeout of the response has passed too
  CHECK(server.answers());
  CHECK_FALSE(client.response().has_value());
}

}  // namespace papersail
