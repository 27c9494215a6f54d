// Errors in their wire format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "state/error.hpp"

namespace papersail {

// Errors of the front end, thrown before an action runs. The model has none of them.
ApiError unknown_operation(const std::string& message);
ApiError serialization(const std::string& message);
ApiError request_too_large(const std::string& message);
// papersail's own error: the action is in the model but has no handler yet.
ApiError not_implemented(const std::string& action);

// Returns the error that a fault injects, with its usual code and text: an exception of the model,
// or an error that AWS's front ends return for any service. Returns nullopt for any other type.
std::optional<ApiError> injectable_error(const std::string& type);
// Returns the types for which there is one.
std::vector<std::string> injectable_types();

int http_status(const ApiError& error);
// Returns {"__type", "code", "message"}: older SDKs read the type from the body only.
std::string error_body(const ApiError& error);

}  // namespace papersail
