// Errors on the wire.
#pragma once

#include <string>

#include "state/error.hpp"

namespace papersail {

// What the front end says before an action runs; none of these is in the model.
ApiError unknown_operation(const std::string& message);
ApiError serialization(const std::string& message);
ApiError request_too_large(const std::string& message);
// Ours alone: the action is in the model and has no handler yet.
ApiError not_implemented(const std::string& action);

int http_status(const ApiError& error);
// {"__type", "code", "message"}: older SDKs read the type from the body only.
std::string error_body(const ApiError& error);

}  // namespace papersail
