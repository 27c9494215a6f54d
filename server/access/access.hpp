// Who may use the control API, and the pages of which origins a browser may let at the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/request.hpp"

namespace papersail {

struct Access {
  std::string control_token;              // empty: none is asked for
  std::vector<std::string> cors_origins;  // "http://localhost:3000"; "*" is every one
};

// Throws std::invalid_argument unless `origin` is "*" or as browsers write one.
void require_origin(const std::string& origin);

// Whether the path is one of the control API's, there or not.
bool is_control(std::string_view path);

// Where a request came in.
enum class ListeningPort { only, main, control };  // `only`: the control API has no port of its own

// What of a request says whether it is welcome. Views live as long as it does.
struct AccessRequest {
  std::string_view method;
  std::string_view path;  // with its query
  std::string_view host;
  std::string_view origin;  // of the page that a browser sends it for
  std::string_view authorization;
  ListeningPort port = ListeningPort::only;
};

// The answer to a request that is not let in, none to one that is. Health is open to all; else the
// control API answers at its own port alone if it has one, to pages of its own and of the allowed
// origins, and to who brings the token. Actions are let in: they have Auth.
std::optional<Response> refusal(const Access& access, const AccessRequest& request);

// A browser asks with OPTIONS what a page of another origin may do. None if this is not that, or
// the origin is not allowed; `wanted` are the headers that the page wants to send.
std::optional<Response> preflight(const Access& access, const AccessRequest& request,
                                  std::string_view wanted);

// Header lines that let a page of this origin read an answer; "" if it may not.
std::string cors_headers(const Access& access, std::string_view origin);

}  // namespace papersail
