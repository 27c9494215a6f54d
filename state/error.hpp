// What goes wrong, in the service's own terms.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace papersail {

// Thrown anywhere on the way of a call; undoes what the call changed and becomes the answer.
struct ApiError : std::runtime_error {
  // `type` is the exception's name in the model, `code` the service's short word for it.
  ApiError(std::string_view type, std::string_view code, const std::string& message);

  std::string type;
  std::string code;
};

// The eight modelled exceptions. Texts that are recorded from the service are in the ledger of the
// action that throws them; the rest are ours.
ApiError invalid_input(const std::string& message, std::string_view code = "InvalidParams");
ApiError not_found(const std::string& message);
// The named resource is not there: "The Instance does not exist: web".
ApiError not_found(std::string_view resource_type, std::string_view name);
// The request is well formed, but the resource's state forbids it.
ApiError operation_failure(const std::string& message);
ApiError access_denied(const std::string& message);
ApiError unauthenticated(const std::string& message);
ApiError account_setup_in_progress(const std::string& message);
ApiError region_setup_in_progress(const std::string& message);
ApiError service_failure(const std::string& message);

}  // namespace papersail
