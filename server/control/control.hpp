// papersail's own API: everything under /_papersail/, and the aliases that people coming from
// elsewhere expect. fixtures/openapi.json describes it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/dispatch/dispatch.hpp"

namespace papersail {

// What the server knows of itself.
struct ServerState {
  bool ready = true;  // false: seeds have still to be applied
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

// What control handlers work on. Held answers are committed before any of them runs. Copies refer
// to the same server.
struct Control {
  Accounts& accounts;
  Dispatch& dispatch;
  std::shared_ptr<ServerState> server = std::make_shared<ServerState>();
};

struct ControlRequest {
  std::string_view method;
  std::string_view path;                                       // without the query
  std::map<std::string, std::string, std::less<>> parameters;  // of the path, by name, decoded
  std::map<std::string, std::string, std::less<>> query;       // decoded
  std::string_view text;                                       // the body
  json body;                                                   // `text` as JSON; null if empty

  const std::string& parameter(std::string_view name) const {
    return parameters.find(name)->second;
  }
  // A member of the query; "" when it is absent.
  std::string query_value(std::string_view name) const;
};

// What the client is told when its request cannot be: {"message": ...} with this status.
struct ControlError {
  int status;
  std::string message;
};

// A row of the API: `path` may have parameters, "/_papersail/accounts/{id}/clock". `{id}` matches
// twelve digits alone.
struct Route {
  const char* method;
  const char* path;
  Response (*handle)(Control& control, const ControlRequest& request);
};

// Every route, family by family.
std::vector<Route> all_routes();

// The answer to a request whose path is ours; none if it is not. `target` is the path with its
// query, as it came.
std::optional<Response> control_response(Control& control, std::string_view method,
                                         std::string_view target, std::string_view body);

}  // namespace papersail
