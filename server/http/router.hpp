// Decides what answers a request, without sockets.
#pragma once

#include <variant>

#include "server/access/access.hpp"
#include "server/control/control.hpp"
#include "server/http/message.hpp"

namespace papersail {

// A response, or the call of an action, which Dispatch answers. The views of the call are valid as
// long as those of the HTTP request.
using Routed = std::variant<Response, Request>;

// Answers CORS preflights, requests of the control API, and requests that may not pass or are not
// calls of an action, of Lightsail or of another service.
Routed route(Control& control, const Access& access, const HttpRequest& request,
             ListeningPort port);

}  // namespace papersail
