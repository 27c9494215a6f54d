#include "server/api/error.hpp"

#include "fixtures/fixtures.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

const json& all_errors() {
  static const json errors = parse_json(*fixture("errors.json")).at("errors");
  return errors;
}

// Returns {"status"?, "code"?, "message"?} of an error type; empty for a type that is not in
// errors.json.
const json& wire_form(const std::string& type) {
  const json& errors = all_errors();
  static const json none = json::object();
  const auto found = errors.find(type);
  return found == errors.end() ? none : *found;
}

}  // namespace

ApiError unknown_operation(const std::string& message) {
  return {"UnknownOperationException", "UnknownOperation", message};
}

ApiError serialization(const std::string& message) {
  return {"SerializationException", "SerializationException", message};
}

ApiError request_too_large(const std::string& message) {
  return {"RequestEntityTooLargeException", "RequestEntityTooLarge", message};
}

ApiError not_implemented(const std::string& action) {
  return {"NotImplementedException", "NotImplemented",
          "papersail does not implement " + action +
              " yet. `papersail actions` lists the implemented actions."};
}

std::optional<ApiError> injectable_error(const std::string& type) {
  const json& error = wire_form(type);
  if (!error.contains("message")) return std::nullopt;
  std::string message = error.at("message");
  if (message.empty()) message = "This fault was injected by papersail.";
  return ApiError(type, error.value("code", type), message);
}

std::vector<std::string> injectable_types() {
  std::vector<std::string> out;
  for (const auto& [type, error] : all_errors().items()) {
    if (error.contains("message")) out.push_back(type);
  }
  return out;
}

int http_status(const ApiError& error) {
  return wire_form(error.type).value("status", 400);
}

std::string error_body(const ApiError& error) {
  return printed({{"__type", error.type}, {"code", error.code}, {"message", error.message}});
}

}  // namespace papersail
