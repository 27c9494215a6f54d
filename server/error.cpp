#include "server/error.hpp"

#include <map>

#include "state/json.hpp"

namespace papersail {

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
  return {
      "NotImplementedException", "NotImplemented",
      "papersail does not implement " + action + " yet. `papersail actions` lists what it does."};
}

int http_status(const ApiError& error) {
  // 400 is recorded for every client error, NotFoundException too; the others are documented.
  static const std::map<std::string, int> statuses = {{"ServiceException", 500},
                                                      {"UnknownOperationException", 404},
                                                      {"RequestEntityTooLargeException", 413},
                                                      {"NotImplementedException", 501}};
  const auto found = statuses.find(error.type);
  return found == statuses.end() ? 400 : found->second;
}

std::string error_body(const ApiError& error) {
  const json body = {{"__type", error.type}, {"code", error.code}, {"message", error.what()}};
  // A message may quote bytes of the client's that are not UTF-8.
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace papersail
