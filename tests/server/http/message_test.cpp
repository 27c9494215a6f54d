// HTTP messages, without sockets.
#include "server/http/message.hpp"

#include <doctest/doctest.h>

#include "server/observers/stream.hpp"

namespace papersail {
namespace {

bool has_line(const std::string& head, const std::string& line) {
  return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

bool has_header(const std::string& head, const std::string& name) {
  return head.find("\r\n" + name + ": ") != std::string::npos;
}

Response response_of(int status, const std::string& body) {
  Response out;
  out.status = status;
  out.body = body;
  out.request_id = "id-1";
  return out;
}

}  // namespace

TEST_CASE("head_of: contains the status line and the headers that SDKs read") {
  const std::string head = head_of(response_of(200, "{}"), 11, true);
  CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(has_line(head, "Content-Type: application/x-amz-json-1.1"));
  CHECK(has_line(head, "Content-Length: 2"));
  CHECK(has_line(head, "x-amzn-RequestId: id-1"));
  CHECK(has_header(head, "Date"));
  CHECK_FALSE(has_header(head, "x-amzn-ErrorType"));
}

TEST_CASE("head_of: names the error type, and adds the response's own headers") {
  Response response = response_of(431, "{}");
  response.error_type = "SerializationException";
  response.headers = "Vary: Origin\r\nX-Extra: 1\r\n";
  const std::string head = head_of(response, 11, true);
  CHECK(head.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
  CHECK(has_line(head, "x-amzn-ErrorType: SerializationException"));
  CHECK(has_line(head, "Vary: Origin"));
  CHECK(head.ends_with("X-Extra: 1\r\n\r\n"));
}

TEST_CASE("head_of: says what the client does not expect about the connection") {
  const Response response = response_of(200, "{}");
  CHECK_FALSE(has_header(head_of(response, 11, true), "Connection"));
  CHECK(has_line(head_of(response, 11, false), "Connection: close"));
  CHECK(has_line(head_of(response, 10, true), "Connection: keep-alive"));
  CHECK_FALSE(has_header(head_of(response, 10, false), "Connection"));
  CHECK(head_of(response, 10, false).starts_with("HTTP/1.0 200 OK\r\n"));
}

TEST_CASE("head_of: gives a stream no length") {
  Response response = response_of(200, "");
  response.stream = std::make_shared<Stream>();
  CHECK_FALSE(has_header(head_of(response, 11, false), "Content-Length"));
}

}  // namespace papersail
