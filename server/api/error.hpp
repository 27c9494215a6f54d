// Errors on the wire.
#pragma once

#include <optional>
#include <string>

#include "state/error.hpp"

namespace papersail {

// What the front end says before an action runs; none of these is in the model.
ApiError unknown_operation(const std::string& message);
ApiError serialization(const std::string& message);
ApiError request_too_large(const std::string& message);
// Ours alone: the action is in the model and has no handler yet.
ApiError not_implemented(const std::string& action);

// An error that a client may be made to meet, with its usual code and text: the exceptions of the
// model, and what AWS's front ends say of any service. None for a type that is neither.
std::optional<ApiError> injectable_error(const std::string& type);

int http_status(const ApiError& error);
// {"__type", "code", "message"}: older SDKs read the type from the body only.
std::string error_body(const ApiError& error);

}  // namespace papersail
