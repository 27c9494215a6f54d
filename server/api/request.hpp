// A request on its way to an action, and its response on the way back.
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

// What of an HTTP request matters to an action. Views live as long as the request.
struct Request {
  std::string_view target;         // X-Amz-Target, "Lightsail_20161128.GetInstance"
  std::string_view authorization;  // Authorization
  std::string_view host;           // Host
  std::string_view body;
  // What is signed beside these; only `Auth::strict` looks at it.
  std::string_view method = "POST";
  std::string_view uri = "/";
  std::span<const sigv4::Header> headers = {};
  const Scope* scope = nullptr;  // set: whose it is, without proof; the server's own call
};

struct Response {
  int status = 200;
  std::string error_type;                                        // empty when it went well
  std::string_view content_type = "application/x-amz-json-1.1";  // a literal
  std::string headers;  // more of them, each line with its end
  std::string body;
  // Set: it tells of changes that are not yet in this store's file (see Dispatch::commit).
  Store* uncommitted = nullptr;
  // What else becomes of it, once it is committed:
  std::chrono::milliseconds delay{0};  // it waits so long
  bool reset = false;                  // it is not sent: the connection is reset
  std::shared_ptr<Stream> stream;      // it goes on with this
  // For the log:
  std::string action = "-";
  std::string account = "-";
  std::string region = "-";
  std::string request_id;  // empty: it is given one when it is sent
};

// Makes `answer` an error's.
void set_error(Response& response, const ApiError& error);
// For a catch block: what the client is told of the exception, an ApiError's own words or that we
// failed. The rest is as in `answer`.
Response failure_response(Response response = {});

// A response with JSON, of the control API.
Response json_response(const json& value, int status = 200);
// {"message": ...}, which may quote what the client has sent.
Response message_response(int status, const std::string& message);

}  // namespace papersail
