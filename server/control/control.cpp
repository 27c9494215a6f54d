#include "server/control/control.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/access/access.hpp"
#include "server/api/error.hpp"
#include "server/control/checkpoint_file.hpp"
#include "server/control/recording.hpp"
#include "server/control/routes.hpp"
#include "server/log.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool fits(std::string_view parameter, std::string_view value) {
  if (parameter != "{id}") return !value.empty();
  return value.size() == 12 && std::all_of(value.begin(), value.end(), is_digit);
}

// True if `path` matches the pattern; stores its parameters.
bool matches(std::string_view pattern, std::string_view path,
             std::map<std::string, std::string, std::less<>>& parameters) {
  parameters.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = split_off(pattern, '/');
    const std::string_view given = split_off(path, '/');
    if (!wanted.starts_with('{')) {
      if (wanted != given) return false;
    } else {
      if (!fits(wanted, percent_decoded(given))) return false;
      parameters.emplace(wanted.substr(1, wanted.size() - 2), percent_decoded(given));
    }
  }
  return pattern.empty() && path.empty();
}

std::map<std::string, std::string, std::less<>> members_of(std::string_view query) {
  std::map<std::string, std::string, std::less<>> out;
  while (!query.empty()) {
    std::string_view value = split_off(query, '&');
    const std::string_view name = split_off(value, '=');
    out.emplace(percent_decoded(name), percent_decoded(value));
  }
  return out;
}

json parsed_body(std::string_view text) {
  if (text.empty() || is_sqlite_file(text)) return nullptr;
  if (depth_of(text) > deepest_input + 1) throw ControlError{400, "The body is nested too deeply."};
  try {
    return parse_json(text);
  } catch (const json::exception&) {
    throw ControlError{400, "The body is not valid JSON."};
  }
}

Response run_route(Control& control, ControlRequest& request) {
  std::string allowed;
  for (const Route& route : all_routes()) {
    if (!matches(route.path, request.path, request.parameters)) continue;
    const bool method_matches =
        request.method == route.method ||
        (request.method == "HEAD" && std::string_view(route.method) == "GET");
    if (method_matches) {
      request.body = parsed_body(request.text);
      const Recording recording(control, request);
      Response response = route.handle(control, request);
      recording.add();
      return response;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
  }
  if (allowed.empty()) throw ControlError{404, "Unknown path; see /_papersail/openapi.json"};
  throw ControlError{405, "This path allows only " + allowed + "."};
}

}  // namespace

std::string ControlRequest::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

const std::vector<Route>& all_routes() {
  static const std::vector<Route> routes = [] {
    std::vector<Route> out;
    for (const auto& family : {account_routes, checkpoint_routes, clock_routes, fault_routes,
                               metric_routes, request_routes, resource_routes, server_routes}) {
      out.insert(out.end(), family.begin(), family.end());
    }
    return out;
  }();
  return routes;
}

std::optional<Response> control_response(Control& control, std::string_view method,
                                         std::string_view target, std::string_view body) {
  if (!is_control(target)) return std::nullopt;
  ControlRequest request;
  request.method = method;
  request.path = split_off(target, '?');
  request.query = members_of(target);
  request.text = body;
  control.dispatch.commit();
  Response response;
  try {
    response = run_route(control, request);
  } catch (const ControlError& error) {
    response = message_response(error.status, error.message);
  } catch (const std::invalid_argument& error) {
    response = message_response(400, error.what());
  } catch (const ApiError& error) {
    response = message_response(http_status(error), error.message);
  } catch (const std::exception& error) {
    response = message_response(500, std::string("papersail failed: ") + error.what());
    log_error("papersail could not answer a request: " + response.body);
  }
  response.action = std::string(method) + ' ' + std::string(request.path);
  return response;
}

}  // namespace papersail
