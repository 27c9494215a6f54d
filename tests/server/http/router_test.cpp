// The routing of requests, without sockets.
#include "server/http/router.hpp"

#include <doctest/doctest.h>

#include <string>

#include "state/account.hpp"

namespace papersail {
namespace {

HttpRequest request_to(std::string_view method, std::string_view target) {
  HttpRequest out;
  out.method = method;
  out.target = target;
  out.host = "127.0.0.1:4566";
  return out;
}

HttpRequest call_of(std::string_view amz_target) {
  HttpRequest out = request_to("POST", "/");
  out.amz_target = amz_target;
  return out;
}

struct Routing {
  Accounts accounts{{"", Lifecycle::load("instant"), Clock::real(), 1}};
  Dispatch dispatch{accounts, true};
  Control control{accounts, dispatch};
  Access access;

  Routed routed(const HttpRequest& request, ListeningPort port = ListeningPort::only) {
    return route(control, access, request, port);
  }
  // Returns the response; a request that calls an action fails the test.
  Response response(const HttpRequest& request, ListeningPort port = ListeningPort::only) {
    Routed out = routed(request, port);
    REQUIRE(std::holds_alternative<Response>(out));
    return std::get<Response>(out);
  }
  bool is_call(const HttpRequest& request) {
    return std::holds_alternative<Request>(routed(request));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Routing, "route: returns the parts of a call of an action") {
  HttpRequest request = call_of("Lightsail_20161128.GetRegions");
  request.authorization = "AWS4-HMAC-SHA256 ...";
  request.body = "{}";
  const sigv4::Header headers[] = {{"Host", "127.0.0.1:4566"}};
  request.headers = headers;
  const Routed out = routed(request);
  REQUIRE(std::holds_alternative<Request>(out));
  const Request& call = std::get<Request>(out);
  CHECK(call.target == "Lightsail_20161128.GetRegions");
  CHECK(call.authorization == "AWS4-HMAC-SHA256 ...");
  CHECK(call.host == "127.0.0.1:4566");
  CHECK(call.body == "{}");
  CHECK(call.method == "POST");
  CHECK(call.uri == "/");
  CHECK(call.headers.size() == 1);
}

TEST_CASE_FIXTURE(Routing, "route: opens no account") {
  CHECK(is_call(call_of("Lightsail_20161128.GetRegions")));
  CHECK(accounts.open().empty());
}

TEST_CASE_FIXTURE(Routing, "route: answers requests of the control API, whatever their target") {
  HttpRequest request = request_to("GET", "/_papersail/health?x=1");
  request.amz_target = "Lightsail_20161128.GetRegions";
  CHECK(response(request).status == 200);
  CHECK(response(request_to("GET", "/_papersail/none")).status == 404);
  CHECK(response(request_to("POST", "/moto-api/reset")).status == 200);
}

TEST_CASE_FIXTURE(Routing, "route: refuses requests that are not calls of an action") {
  for (const char* method : {"PUT", "OPTIONS", "BREW", ""}) {
    CHECK(response(request_to(method, "/")).error_type == "UnknownOperationException");
  }
  CHECK(response(request_to("GET", "/none")).error_type == "UnknownOperationException");
  CHECK(response(request_to("GET", "/")).content_type == "text/html; charset=utf-8");
  HttpRequest twice = call_of("Lightsail_20161128.GetRegions");
  twice.has_two_amz_targets = true;
  CHECK(response(twice).error_type == "UnknownOperationException");
  HttpRequest form = call_of("Lightsail_20161128.GetRegions");
  for (const char* type : {"application/x-www-form-urlencoded", "text/json", "application/jsonx"}) {
    form.content_type = type;
    const Response refused = response(form);
    CHECK(refused.error_type == "SerializationException");
    CHECK(refused.status == 400);
    CHECK(refused.body.find(type) != std::string::npos);
  }
}

TEST_CASE_FIXTURE(Routing, "route: passes calls of other services on, whatever their form") {
  HttpRequest request = request_to("GET", "/?list-type=2");
  request.authorization =
      "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host";
  request.content_type = "application/xml";
  const Routed out = routed(request);
  REQUIRE(std::holds_alternative<Request>(out));
  CHECK(std::get<Request>(out).uri == "/?list-type=2");
  CHECK(std::get<Request>(out).content_type == "application/xml");
  HttpRequest twice = call_of("DynamoDB_20120810.ListTables");
  CHECK(is_call(twice));
  twice.has_two_amz_targets = true;
  CHECK(response(twice).error_type == "UnknownOperationException");
  HttpRequest control_call = request_to("GET", "/_papersail/health");
  control_call.authorization = request.authorization;
  CHECK(response(control_call).status == 200);
}

TEST_CASE_FIXTURE(Routing, "route: accepts the content types of JSON in any case") {
  HttpRequest request = call_of("Lightsail_20161128.GetRegions");
  for (const char* type : {"", "application/x-amz-json-1.1", "application/json",
                           "Application/X-AMZ-JSON-1.1; charset=utf-8", "APPLICATION/JSON;x"}) {
    CAPTURE(type);
    request.content_type = type;
    CHECK(is_call(request));
  }
}

TEST_CASE_FIXTURE(Routing, "route: refuses by the access rules before anything else") {
  access.control_token = "secret";
  CHECK(response(request_to("GET", "/_papersail/accounts")).status == 401);
  access.control_token.clear();
  CHECK(response(request_to("GET", "/_papersail/accounts"), ListeningPort::main).status == 404);
  const Response other = response(call_of("Lightsail_20161128.GetRegions"), ListeningPort::control);
  CHECK(other.status == 404);
  CHECK(other.body.find("serves only the control API") != std::string::npos);
}

TEST_CASE_FIXTURE(Routing, "route: answers CORS preflights of allowed origins only") {
  HttpRequest request = request_to("OPTIONS", "/");
  request.origin = "http://localhost:3000";
  request.requested_headers = "x-amz-target";
  CHECK(response(request).status == 403);
  access.cors_origins = {"http://localhost:3000"};
  const Response allowed = response(request);
  CHECK(allowed.status == 200);
  CHECK(allowed.headers.find("Access-Control-Allow-Headers: x-amz-target\r\n") !=
        std::string::npos);
}

}  // namespace papersail
