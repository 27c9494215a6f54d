// HTTP messages, without sockets.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/api/request.hpp"
#include "server/api/sigv4.hpp"

namespace papersail {

// A request as it was received. The views are valid as long as the parser that made it has the
// request. A header that the request does not have is empty.
struct HttpRequest {
  std::string_view method;
  std::string_view target;  // path and query
  unsigned version = 11;    // 10 or 11
  bool keep_alive = false;  // the client wants to send more requests on this connection
  std::string_view host;
  std::string_view origin;
  std::string_view authorization;
  std::string_view content_type;
  std::string_view amz_target;
  bool has_two_amz_targets = false;
  std::string_view requested_headers;  // Access-Control-Request-Headers, only of OPTIONS
  std::string_view body;
  std::span<const sigv4::Header> headers;  // all headers, if RequestParser lists them
};

// Returns the status line and the headers of a response to a request of this version (10 or 11),
// with the empty line. `keep_alive`: the connection stays open after the response.
std::string head_of(const Response& response, unsigned version, bool keep_alive);

}  // namespace papersail
