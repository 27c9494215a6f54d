// Access rules of the control API, and CORS for web pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/request.hpp"

namespace papersail {

struct Access {
  std::string control_token;              // empty: no token is required
  std::vector<std::string> cors_origins;  // "http://localhost:3000"; "*" allows every origin
};

// Throws std::invalid_argument unless `origin` is "*" or has the form that browsers send.
void require_origin(const std::string& origin);

// True if the path is under a prefix of the control API, whether or not a route exists.
bool is_control(std::string_view path);

// The kind of port that received a request.
enum class ListeningPort { only, main, control };  // `only`: the control API has no separate port

// The parts of a request that the rules need. The views are valid as long as the request.
struct AccessRequest {
  std::string_view method;
  std::string_view path;  // with the query
  std::string_view host;
  std::string_view origin;  // origin of the web page, sent by browsers
  std::string_view authorization;
  ListeningPort port = ListeningPort::only;
};

// Returns an error response if the request is not allowed, `nullopt` otherwise. Health and
// readiness are always allowed. Web pages of the server's own host and of allowed origins only are
// accepted; SDKs send no origin. The control API uses its own port if it has one, and requires the
// token when one is set. Auth checks actions.
std::optional<Response> refusal(const Access& access, const AccessRequest& request);

// Returns the response to a CORS preflight request, `nullopt` if the request is none or its origin
// is not allowed. `wanted`: the headers that the page will send.
std::optional<Response> preflight(const Access& access, const AccessRequest& request,
                                  std::string_view wanted);

// Returns the header lines that let a page of this origin read a response; "" if it may not.
std::string cors_headers(const Access& access, std::string_view origin);

}  // namespace papersail
