#include "server/api/request.hpp"

#include "server/api/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

Response with_body(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(body);
  return response;
}

}  // namespace

void set_error(Response& response, const ApiError& error) {
  response.status = http_status(error);
  response.error_type = error.type;
  response.body = error_body(error);
}

Response error_response(const ApiError& error) {
  Response response;
  set_error(response, error);
  return response;
}

void set_failure(Response& response, const std::string& reason) {
  set_error(response, service_failure("papersail failed: " + reason));
  response.failure = reason;
}

std::string current_failure() {
  try {
    throw;
  } catch (const ApiError&) {
    return "";
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "unknown exception";
  }
}

ApiError current_error() {
  try {
    throw;
  } catch (const ApiError& error) {
    return error;
  } catch (...) {
    return service_failure("papersail failed: " + current_failure());
  }
}

Response failure_response(Response response) {
  set_error(response, current_error());
  response.failure = current_failure();
  return response;
}

Response json_response(const json& value, int status) {
  return with_body(status, serialize(value));
}

Response message_response(int status, const std::string& message) {
  return with_body(status, printed({{"message", bounded_message(message)}}));
}

}  // namespace papersail
