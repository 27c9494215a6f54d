// papersail's own API: the paths under /_papersail/, and aliases for clients of LocalStack and
// moto. fixtures/openapi.json describes it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/dispatch/dispatch.hpp"

namespace papersail {

// The state of the server itself.
struct ServerState {
  bool ready = true;  // false until all seeds are applied
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

// The objects that control handlers use. Queued responses are committed before a handler runs.
// Copies share the same server state.
struct Control {
  Accounts& accounts;
  Dispatch& dispatch;
  std::shared_ptr<ServerState> server = std::make_shared<ServerState>();
};

struct ControlRequest {
  std::string_view method;
  std::string_view path;                                       // without the query
  std::map<std::string, std::string, std::less<>> parameters;  // of the path pattern, decoded
  std::map<std::string, std::string, std::less<>> query;       // decoded
  std::string_view text;                                       // the raw body
  json body;                                                   // parsed `text`; null if it is empty

  const std::string& parameter(std::string_view name) const {
    return parameters.find(name)->second;
  }
  // Returns a query parameter; "" if it is absent.
  std::string query_value(std::string_view name) const;
};

// An error response: {"message": ...} with this status.
struct ControlError {
  int status;
  std::string message;
};

// One route. `path` may have parameters: "/_papersail/accounts/{id}/clock". `{id}` matches twelve
// digits only.
struct Route {
  const char* method;
  const char* path;
  Response (*handle)(Control& control, const ControlRequest& request);
};

// Returns the routes of all families.
const std::vector<Route>& all_routes();

// Returns the response to a request of the control API, nullopt for any other path. `target` is the
// encoded path with its query.
std::optional<Response> control_response(Control& control, std::string_view method,
                                         std::string_view target, std::string_view body);

}  // namespace papersail
