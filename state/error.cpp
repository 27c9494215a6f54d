#include "state/error.hpp"

#include "text/strings.hpp"

namespace papersail {

ApiError::ApiError(std::string_view type, std::string_view code, const std::string& message)
    : std::runtime_error(bounded_message(message)),
      type(type),
      code(code),
      message(bounded_message(message)) {}

ApiError invalid_input(const std::string& message, std::string_view code) {
  return {"InvalidInputException", code, message};
}

ApiError not_found(const std::string& message) {
  // Terraform treats every error whose text contains this code as "resource gone" (its errs.go).
  return {"NotFoundException", "DoesNotExist", message};
}

ApiError not_found(std::string_view resource_type, std::string_view name) {
  return not_found("The " + std::string(resource_type) + " does not exist: " + std::string(name));
}

ApiError operation_failure(const std::string& message) {
  return {"OperationFailureException", "OperationFailed", message};
}

ApiError access_denied(const std::string& message) {
  return {"AccessDeniedException", "AccessDenied", message};
}

ApiError unauthenticated(const std::string& message) {
  return {"UnauthenticatedException", "Unauthenticated", message};
}

ApiError account_setup_in_progress(const std::string& message) {
  return {"AccountSetupInProgressException", "AccountSetupInProgress", message};
}

ApiError region_setup_in_progress(const std::string& message) {
  return {"RegionSetupInProgressException", "RegionSetupInProgress", message};
}

ApiError service_failure(const std::string& message) {
  return {"ServiceException", "InternalFailure", message};
}

}  // namespace papersail
