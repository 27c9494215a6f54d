// The errors of the API.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace papersail {

// An error of the API. The dispatcher rolls the call back and returns the error as the response.
struct ApiError : std::runtime_error {
  // `type` is the exception's name in the model, `code` the service's error code. Shortens a long
  // message (bounded_message), because it may quote names, tokens and values of the request.
  ApiError(std::string_view type, std::string_view code, const std::string& message);

  std::string type;
  std::string code;
  std::string message;  // whole; what() ends at a NUL
};

// Return the eight modelled exceptions. The action that throws a recorded message notes its source;
// the other messages are ours.
ApiError invalid_input(const std::string& message, std::string_view code = "InvalidParams");
ApiError not_found(const std::string& message);
// The resource does not exist: "The Instance does not exist: web".
ApiError not_found(std::string_view resource_type, std::string_view name);
// The request is well formed, but the resource's state forbids it.
ApiError operation_failure(const std::string& message);
ApiError access_denied(const std::string& message);
ApiError unauthenticated(const std::string& message);
ApiError account_setup_in_progress(const std::string& message);
ApiError region_setup_in_progress(const std::string& message);
ApiError service_failure(const std::string& message);

}  // namespace papersail
