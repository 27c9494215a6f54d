// HTTP messages, without sockets.
#pragma once

#include <string>

#include "server/api/request.hpp"

namespace papersail {

// Returns the status line and the headers of a response to a request of this version (10 or 11),
// with the empty line. `keep_alive`: the connection stays open after the response.
std::string head_of(const Response& response, unsigned version, bool keep_alive);

}  // namespace papersail
