#include "server/http/router.hpp"

#include <optional>
#include <string>
#include <utility>

#include "server/api/error.hpp"
#include "server/foreign/call.hpp"
#include "server/http/welcome_page.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::string_view amz_json = "application/x-amz-json-1.1";

bool is_json(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  if (content_type.empty() || content_type == amz_json) return true;
  const std::string type = lower(content_type);
  return type == amz_json || type == "application/json";
}

// Returns an error unless the request has the form of a call of an action.
std::optional<ApiError> form_error(const HttpRequest& request) {
  if (request.method != "POST") {
    return unknown_operation("Actions are called by POST, with an X-Amz-Target header.");
  }
  if (request.has_two_amz_targets) {
    return unknown_operation("The request has more than one X-Amz-Target header.");
  }
  if (!is_json(request.content_type)) {
    return serialization("The Content-Type must be application/x-amz-json-1.1, not " +
                         std::string(request.content_type));
  }
  return std::nullopt;
}

Request call_in(const HttpRequest& request) {
  return {.target = request.amz_target,
          .authorization = request.authorization,
          .host = request.host,
          .body = request.body,
          .method = request.method,
          .uri = request.target,
          .headers = request.headers,
          .content_type = request.content_type};
}

}  // namespace

Routed route(Control& control, const Access& access, const HttpRequest& request,
             ListeningPort port) {
  const AccessRequest visit{request.method, request.target,        request.host,
                            request.origin, request.authorization, port};
  if (auto reply = preflight(access, visit, request.requested_headers)) return *std::move(reply);
  if (auto reply = refusal(access, visit)) return *std::move(reply);
  if (auto reply = control_response(control, request.method, request.target, request.body)) {
    return *std::move(reply);
  }
  const Request call = call_in(request);
  if (!request.has_two_amz_targets && foreign_call(call)) return call;
  if (request.target == "/" && (request.method == "GET" || request.method == "HEAD")) {
    return welcome_page();
  }
  if (const auto error = form_error(request)) return error_response(*error);
  return call;
}

}  // namespace papersail
