// The request and the response of an action, independent of HTTP.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/api/sigv4.hpp"
#include "state/error.hpp"
#include "text/json.hpp"

namespace papersail {

class Store;    // state/store/store.hpp
struct Scope;   // server/api/auth.hpp
struct Stream;  // server/observers/stream.hpp

// The parts of an HTTP request that an action needs. The views are valid as long as the request.
struct Request {
  std::string_view target = {};         // X-Amz-Target, "Lightsail_20161128.GetInstance"
  std::string_view authorization = {};  // Authorization
  std::string_view host = {};           // Host
  std::string_view body = {};
  // Signed too; only strict authentication and other services read them.
  std::string_view method = "POST";
  std::string_view uri = "/";
  std::span<const sigv4::Header> headers = {};
  const Scope* scope = nullptr;  // if set, the scope, without authentication: the server's own call
  std::string_view content_type = {};
  std::string_view service = "lightsail";  // for which the request must be signed
};

struct Response {
  int status = 200;
  std::string error_type;                                        // empty if the call succeeded
  std::string_view content_type = "application/x-amz-json-1.1";  // must be a string literal
  std::string headers;  // additional header lines, each with its CRLF
  std::string body;
  // If set, the response depends on changes that this store has not committed yet (see
  // Dispatch::commit).
  Store* uncommitted = nullptr;
  // How the response is sent, after the commit:
  std::chrono::milliseconds delay{0};  // sent after this delay
  bool reset = false;                  // not sent: the connection is reset
  std::shared_ptr<Stream> stream;      // events sent after the head
  // For the log:
  std::string action = "-";
  std::string account = "-";
  std::string region = "-";
  std::string failure;      // why papersail failed; empty: it did not
  std::string request_id;   // empty: assigned when the response is sent
  bool is_foreign = false;  // of another AWS service: the secrets in its bodies are not known
};

// Turn `response` into an error response: for a client's error, and for a failure of papersail.
void set_failure(Response& response, const std::string& reason);
void set_error(Response& response, const ApiError& error);
Response error_response(const ApiError& error);
// For a catch block: turns `response` into the error response of the current exception: an ApiError
// as it is, any other exception as a ServiceException.
Response failure_response(Response response = {});

// For a catch block: return the current exception as an ApiError, as `failure_response` does, and
// why papersail failed ("": the exception is an ApiError).
ApiError current_error();
std::string current_failure();

// Returns a JSON response of the control API.
Response json_response(const json& value, int status = 200);
// Returns a response {"message": ...}. The message may quote bytes of the request.
Response message_response(int status, const std::string& message);

}  // namespace papersail
