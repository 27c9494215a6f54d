// Access rules of the control API, and CORS.
#include "server/access/access.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "text/json.hpp"

namespace papersail {
namespace {

constexpr const char* health = "/_papersail/health";
constexpr const char* reset = "/_papersail/reset";

AccessRequest visit_to(std::string_view path, std::string_view method = "POST") {
  return {method, path, "127.0.0.1:4566", "", "", ListeningPort::only};
}

// Returns the status of the refusal; 0 if the request is allowed.
int refused(const Access& access, const AccessRequest& request) {
  const auto response = refusal(access, request);
  if (!response) return 0;
  CHECK(json::parse(response->body).at("message") != "");
  return response->status;
}

}  // namespace

TEST_CASE("refusal: allows every request that is not from a web page by default") {
  for (const char* path : {"/", health, reset, "/_localstack/health", "/moto-api/reset"}) {
    CHECK(refused({}, visit_to(path)) == 0);
  }
}

TEST_CASE("refusal: requires the token for the control API, not for health and actions") {
  const Access access{"secret", {}};
  for (const char* path :
       {"/", health, "/_papersail/health?x=1", "/_papersail/ready", "/_localstack/health"}) {
    CHECK(refused(access, visit_to(path)) == 0);
  }
  for (const char* path : {reset, "/_papersail/health/", "/_papersail/none", "/moto-api/reset"}) {
    CHECK(refused(access, visit_to(path)) == 401);
  }
  AccessRequest request = visit_to(reset);
  for (const char* valid : {"Bearer secret", "bearer secret", "BEARER  secret "}) {
    request.authorization = valid;
    CHECK(refused(access, request) == 0);
  }
  for (const char* invalid : {"Bearer", "Bearer ", "Bearer secre", "Bearer secrets", "secret",
                              "Basic secret", "Bearer Secret"}) {
    request.authorization = invalid;
    CHECK(refused(access, request) == 401);
  }
  CHECK(refusal(access, request)->headers == "WWW-Authenticate: Bearer\r\n");
}

TEST_CASE("refusal: limits each port to its API, and allows health on both") {
  for (const auto& [port, allowed_path, other_path] :
       {std::tuple(ListeningPort::main, "/", reset),
        std::tuple(ListeningPort::control, reset, "/")}) {
    AccessRequest request = visit_to(allowed_path);
    request.port = port;
    CHECK(refused({}, request) == 0);
    request.path = health;
    CHECK(refused({}, request) == 0);
    request.path = other_path;
    CHECK(refused({}, request) == 404);
  }
}

TEST_CASE("refusal: refuses requests of foreign web pages for every method and path") {
  for (const auto& [method, path] : {std::pair{"POST", reset},
                                     {"GET", reset},
                                     {"DELETE", reset},
                                     {"OPTIONS", reset},
                                     {"POST", "/"},
                                     {"GET", "/"}}) {
    AccessRequest request = visit_to(path, method);
    for (const char* origin : {"https://example.com", "http://127.0.0.1:3000", "null",
                               "http://127.0.0.1:4566.example.com", "127.0.0.1:4566"}) {
      request.origin = origin;
      CHECK(refused({}, request) == 403);
      CHECK(refused({"", {"http://localhost:1"}}, request) == 403);
      CHECK(refused({"", {"http://localhost:1", origin}}, request) == 0);
      CHECK(refused({"", {"*"}}, request) == 0);
    }
    request.path = health;
    CHECK(refused({}, request) == 0);
  }
}

TEST_CASE("refusal: accepts requests of SDKs, which send no origin, under any host name") {
  for (const char* host : {"papersail:4566", "host.docker.internal", "evil.example"}) {
    AccessRequest request = visit_to("/");
    request.host = host;
    CHECK(refused({}, request) == 0);
  }
}

TEST_CASE("refusal: allows pages of the server itself on a literal host") {
  AccessRequest request = visit_to(reset);
  for (const char* host :
       {"127.0.0.1:4566", "localhost:4566", "localhost", "[::1]:4566", "192.168.1.2"}) {
    const std::string origin = std::string("http://") + host;
    request.host = host;
    request.origin = origin;
    CHECK(refused({}, request) == 0);
  }
  for (const char* host : {"evil.example:4566", "papersail:4566", "localhost.example", "x"}) {
    const std::string origin = std::string("http://") + host;
    request.host = host;
    request.origin = origin;
    CHECK(refused({}, request) == 403);
  }
}

TEST_CASE("refusal: requires a token or an allowed origin for a public host name") {
  AccessRequest request = visit_to("/_papersail/requests/export", "GET");
  for (const char* own : {"127.0.0.1:4566", "[::1]:4566", "localhost", "papersail:4566",
                          "host.docker.internal:4566", "box.local", ""}) {
    request.host = own;
    CHECK(refused({}, request) == 0);
  }
  request.host = "box.example.com:4566";
  CHECK(refused({}, request) == 403);
  CHECK(refused({"", {"http://box.example.com:4566"}}, request) == 0);
  CHECK(refused({"", {"*"}}, request) == 0);
  CHECK(refused({"secret", {}}, request) == 401);
  request.path = health;
  CHECK(refused({}, request) == 0);
  request.path = "/";
  CHECK(refused({}, request) == 0);
}

TEST_CASE("refusal: refuses a foreign origin even with the token") {
  AccessRequest request = visit_to(reset);
  request.authorization = "Bearer secret";
  request.origin = "https://example.com";
  CHECK(refused({"secret", {}}, request) == 403);
}

TEST_CASE("preflight: answers allowed origins only") {
  const Access access{"secret", {"http://localhost:3000"}};
  AccessRequest request = visit_to("/", "OPTIONS");
  request.origin = "http://localhost:3000";
  const auto response = preflight(access, request, "x-amz-target,authorization");
  REQUIRE(response.has_value());
  CHECK(response->status == 200);
  CHECK(response->body == "");
  CHECK(response->headers.find("Access-Control-Allow-Headers: x-amz-target,authorization\r\n") !=
        std::string::npos);
  CHECK(response->headers.find("Access-Control-Allow-Methods: ") != std::string::npos);
  request.path = reset;  // browsers send no token with a preflight
  CHECK(preflight(access, request, "").has_value());
  CHECK_FALSE(preflight({}, request, "").has_value());
  request.origin = "http://localhost:3001";
  CHECK_FALSE(preflight(access, request, "").has_value());
  request.origin = "";
  CHECK_FALSE(preflight({"", {"*"}}, request, "").has_value());
  request.origin = "http://localhost:3000";
  request.method = "POST";
  CHECK_FALSE(preflight(access, request, "").has_value());
}

TEST_CASE("cors_headers: allows pages of allowed origins to read the response") {
  CHECK(cors_headers({"", {"http://a", "http://b"}}, "http://b") ==
        "Access-Control-Allow-Origin: http://b\r\nVary: Origin\r\n"
        "Access-Control-Expose-Headers: x-amzn-RequestId, x-amzn-ErrorType, Date\r\n");
  CHECK(cors_headers({"", {"*"}}, "http://c").starts_with("Access-Control-Allow-Origin: http://c"));
  CHECK(cors_headers({"", {"http://a"}}, "http://b") == "");
  CHECK(cors_headers({}, "http://b") == "");
  CHECK(cors_headers({"", {"*"}}, "") == "");
}

TEST_CASE("require_origin: accepts the form that browsers send") {
  for (const char* good : {"*", "http://localhost:3000", "https://app.example", "app://x"}) {
    CHECK_NOTHROW(require_origin(good));
  }
  for (const char* bad : {"", "localhost:3000", "http://", "http://x/", "http://x/y", "http://a b",
                          "http://*.x", "://x", "http://a,http://b"}) {
    CHECK_THROWS_AS(require_origin(bad), std::invalid_argument);
  }
}

}  // namespace papersail
