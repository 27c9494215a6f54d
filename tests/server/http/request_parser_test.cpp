// The parsing of HTTP requests, without sockets. http_test.cpp and refusals_test.cpp have the rest.
#include "server/http/request_parser.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>
#include <string>

namespace papersail {
namespace {

const std::string get = "GET /a?b HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
const std::string post =
    "POST / HTTP/1.1\r\nHost: y\r\nOrigin: http://z\r\nAuthorization: me\r\n"
    "Content-Type: application/json\r\nX-Amz-Target: T\r\nContent-Length: 2\r\n\r\n{}";

struct Parsed {
  RequestParser parser{true};

  Parsed() { parser.start(); }
  void add(std::string_view bytes) {
    const auto room = parser.room(bytes.size());
    std::memcpy(room.data(), bytes.data(), bytes.size());
    parser.add(bytes.size());
  }
  bool is_complete() {
    const auto end = parser.parse();
    return end && !*end;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Parsed, "RequestParser: returns the parts of a request") {
  add(post);
  REQUIRE(is_complete());
  const HttpRequest request = parser.request();
  CHECK(request.method == "POST");
  CHECK(request.target == "/");
  CHECK(request.version == 11);
  CHECK(request.keep_alive);
  CHECK(request.host == "y");
  CHECK(request.origin == "http://z");
  CHECK(request.authorization == "me");
  CHECK(request.content_type == "application/json");
  CHECK(request.amz_target == "T");
  CHECK_FALSE(request.has_two_amz_targets);
  CHECK(request.body == "{}");
  REQUIRE(request.headers.size() == 6);
  CHECK(request.headers[4] == sigv4::Header("X-Amz-Target", "T"));
}

TEST_CASE("RequestParser: lists the headers of other services in any case") {
  for (const auto& [target, count] :
       {std::pair("Lightsail_20161128.GetRegions", 0), std::pair("DynamoDB_20120810.GetItem", 2)}) {
    RequestParser parser(false);
    parser.start();
    const std::string bytes =
        "POST / HTTP/1.1\r\nHost: y\r\nX-Amz-Target: " + std::string(target) + "\r\n\r\n";
    bytes.copy(static_cast<char*>(parser.room(bytes.size()).data()), bytes.size());
    parser.add(bytes.size());
    REQUIRE(parser.parse().has_value());
    CHECK(parser.request().headers.size() == count);
  }
}

TEST_CASE_FIXTURE(Parsed, "RequestParser: parses pipelined requests one after the other") {
  add(get + post + "GET /");
  REQUIRE(is_complete());
  CHECK(parser.request().target == "/a?b");
  CHECK(parser.request().version == 10);
  CHECK(parser.request().keep_alive);
  CHECK(parser.has_bytes());
  parser.start();
  REQUIRE(is_complete());
  CHECK(parser.request().amz_target == "T");
  parser.start();
  CHECK_FALSE(parser.parse().has_value());
}

TEST_CASE_FIXTURE(Parsed, "RequestParser: is complete at the last byte of a request") {
  for (const char byte : post.substr(0, post.size() - 1)) {
    add({&byte, 1});
    CHECK_FALSE(parser.parse().has_value());
  }
  add("}");
  CHECK(is_complete());
}

TEST_CASE_FIXTURE(Parsed, "RequestParser: sees a second X-Amz-Target") {
  add("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: A\r\nx-amz-target: B\r\n\r\n");
  REQUIRE(is_complete());
  CHECK(parser.request().amz_target == "A");
  CHECK(parser.request().has_two_amz_targets);
}

TEST_CASE_FIXTURE(Parsed, "RequestParser: tells once that the client expects 100 Continue") {
  add("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n");
  CHECK_FALSE(parser.parse().has_value());
  CHECK_FALSE(parser.take_expectation());
  add("\r\n");
  CHECK_FALSE(parser.parse().has_value());
  CHECK(parser.take_expectation());
  CHECK_FALSE(parser.take_expectation());
  add("{}");
  CHECK(is_complete());
}

TEST_CASE_FIXTURE(Parsed, "RequestParser: returns the error of malformed requests") {
  add("hello\r\n\r\n");
  const auto error = parser.parse();
  REQUIRE(error.has_value());
  const auto response = response_to(*error);
  REQUIRE(response.has_value());
  CHECK(response->status == 400);
  CHECK(response->error_type == "MalformedHttpRequestException");
}

TEST_CASE("response_to: returns nullopt when the client has disconnected") {
  CHECK_FALSE(response_to(make_error_code(boost::system::errc::connection_reset)).has_value());
}

TEST_CASE("RequestParser: takes more than 1 MiB only for the upload of a checkpoint") {
  const auto is_refused = [](const std::string& line, std::size_t size, bool chunked = false) {
    Parsed parsed;
    const std::string head = chunked ? "Transfer-Encoding: chunked\r\n\r\n"
                                     : "Content-Length: " + std::to_string(size) + "\r\n\r\n";
    parsed.add(line + " HTTP/1.1\r\nHost: x\r\n" + head);
    const auto early = parsed.parser.parse();
    if (early) return static_cast<bool>(*early);
    char begin[32];
    std::snprintf(begin, sizeof begin, "%zx\r\n", size);
    const std::string body(size, 'x');
    parsed.add(chunked ? begin + body + "\r\n0\r\n\r\n" : body);
    const auto end = parsed.parser.parse();
    REQUIRE(end.has_value());
    return static_cast<bool>(*end);
  };
  const std::string upload = "PUT /_papersail/accounts/000000000000/checkpoints/a";
  constexpr std::size_t limit = 1 << 20;
  for (const bool chunked : {false, true}) {
    CHECK_FALSE(is_refused("POST /", limit, chunked));
    CHECK(is_refused("POST /", limit + 1, chunked));
    CHECK(is_refused("PUT /_papersail/accounts/000000000000/clock", limit + 1, chunked));
    CHECK_FALSE(is_refused(upload, limit + 1, chunked));
  }
  CHECK(is_refused(upload, 64 * limit + 1));
}

}  // namespace papersail
