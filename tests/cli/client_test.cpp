#include "cli/client.hpp"

#include <doctest/doctest.h>

#include "tests/support/fake_server.hpp"
#include "tests/support/server.hpp"

namespace papersail {
namespace {

using std::chrono::milliseconds;

Client client_of(const FakeServer& server, milliseconds timeout = milliseconds(5000)) {
  return {Endpoint(server.url()), timeout};
}

Reply reply_to(const std::string& bytes) {
  const FakeServer server({bytes});
  return client_of(server).ask("GET", "/path");
}

}  // namespace

TEST_CASE("Endpoint: splits a URL into host and port and refuses other text") {
  const Endpoint usual("http://127.0.0.1:4566/");
  CHECK(usual.host == "127.0.0.1");
  CHECK(usual.port == "4566");
  CHECK(usual.url == "http://127.0.0.1:4566");
  CHECK(Endpoint("http://papersail").port == "80");
  CHECK(Endpoint("http://[::1]:99").host == "::1");
  CHECK(Endpoint("http://[::1]:99").port == "99");
  CHECK(Endpoint("http://[::1]").host == "::1");
  for (const char* text : {"", "127.0.0.1:4566", "https://x", "http://", "http://:1", "http://a:b",
                           "http://a:", "http://a/b"}) {
    CHECK_THROWS_AS(Endpoint{text}, std::invalid_argument);
  }
}

TEST_CASE("Client: reads a body by its length, in chunks, or to the end of the connection") {
  const Reply by_length =
      reply_to("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nX-One: a\r\n\r\nhi!");
  CHECK(by_length.status == 404);
  CHECK(by_length.body == "hi");
  CHECK(by_length.headers.at("x-one") == "a");
  const Reply in_chunks = reply_to(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nab\r\nA;x=y\r\n0123456789\r\n"
      "0\r\nTrailer: 1\r\n\r\n");
  CHECK(in_chunks.body == "ab0123456789");
  CHECK(reply_to("HTTP/1.1 200 OK\r\n\r\nall of it").body == "all of it");
  CHECK(reply_to("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n").body.empty());
}

TEST_CASE("Client: sends method, path, headers and length") {
  const FakeServer server({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"});
  client_of(server).ask("DELETE", "/a?b=c", "", {{"X-Two", "2"}});
  CHECK(server.request() ==
        "DELETE /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
            "\r\nX-Two: 2\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("Client: throws Unreachable when HTTP is malformed or truncated") {
  for (const char* bytes :
       {"", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    CHECK_THROWS_AS(reply_to(bytes), Unreachable);
  }
  std::string url;
  {
    const FakeServer gone({""});
    url = gone.url();
  }
  Client client(Endpoint(url), milliseconds(1000));
  CHECK_THROWS_AS(client.ask("GET", "/"), Unreachable);
}

TEST_CASE("Client: throws TimedOut when the response stops") {
  const FakeServer server({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"}, false);
  Client client = client_of(server, milliseconds(50));
  CHECK_THROWS_AS(client.ask("GET", "/"), TimedOut);
}

TEST_CASE("Client: reuses a connection and replaces a closed one") {
  const std::string empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const FakeServer server({empty});
  Client client = client_of(server);
  for (int i = 0; i < 3; ++i) CHECK(client.ask("GET", "/").status == 200);
  CHECK(server.connections() == 3);
  const Server papersail;
  Client other(Endpoint("http://127.0.0.1:" + std::to_string(papersail.port())),
               milliseconds(5000));
  for (int i = 0; i < 3; ++i) CHECK(other.ask("GET", "/_papersail/health").status == 200);
}

TEST_CASE("Client: passes a stream in pieces until the caller stops it") {
  const FakeServer server({"HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n"}, false);
  Client client = client_of(server);
  std::string seen;
  client.stream("GET", "/", "", {}, [&](std::string_view piece) {
    seen += piece;
    return seen.size() < 9;
  });
  CHECK(seen == "data: 1\n\n");
  const FakeServer refusing({"HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\nno"});
  const Reply refusal = client_of(refusing).stream("GET", "/", "", {}, [](std::string_view) {
    FAIL("the body of an error was passed to the caller");
    return false;
  });
  CHECK(refusal.body == "no");
}

}  // namespace papersail
