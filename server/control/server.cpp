// Health, readiness, server information and the OpenAPI document.
#include <algorithm>
#include <chrono>

#include "fixtures/fixtures.hpp"
#include "server/control/accounts.hpp"
#include "server/control/routes.hpp"
#include "server/version.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

Response get_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response({{"status", "ok"}, {"version", version}});
}

// A running server may not be ready yet: clients that need the seeds poll this path.
Response get_ready(Control& control, const ControlRequest& /*request*/) {
  const bool ready = control.server->ready;
  return json_response({{"ready", ready}}, ready ? 200 : 503);
}

double uptime_of(const Control& control) {
  using std::chrono::steady_clock;
  return std::chrono::duration<double>(steady_clock::now() - control.server->started).count();
}

json actions_of(Dispatch& dispatch) {
  json implemented = json::array(), missing = json::array();
  for (const auto& action : dispatch.model().actions()) {
    (dispatch.implements(action) ? implemented : missing).push_back(action);
  }
  return {{"implemented", implemented.size()},
          {"total", implemented.size() + missing.size()},
          {"names", implemented},
          {"missing", missing}};
}

// Features that a client can check for. A part of the control API is listed as present if a route
// contains its name.
json capabilities_of(const Control& control) {
  const auto routes = all_routes();
  json out = {{"persistence", !control.accounts.settings().data.empty()},
              {"machines", false}};  // instances are not backed by real machines
  for (const char* part : {"checkpoints", "clock", "coverage", "faults", "fork", "lifecycle",
                           "metrics", "requests", "resources"}) {
    out[part] = std::any_of(routes.begin(), routes.end(), [&](const Route& route) {
      return std::string_view(route.path).find(part) != std::string_view::npos;
    });
  }
  return out;
}

Response get_info(Control& control, const ControlRequest& /*request*/) {
  const AccountSettings& settings = control.accounts.settings();
  return json_response({{"version", version},
                        {"revision", revision},
                        {"model", control.dispatch.model().version()},
                        {"actions", actions_of(control.dispatch)},
                        {"capabilities", capabilities_of(control)},
                        {"ready", control.server->ready},
                        {"uptimeSeconds", uptime_of(control)},
                        {"data", settings.data.empty() ? "memory" : settings.data},
                        {"lifecycle", settings.lifecycle.description()},
                        {"clock", to_json(settings.clock)}});
}

Response get_localstack_info(Control& control, const ControlRequest& /*request*/) {
  return json_response({{"version", version},
                        {"edition", "papersail"},
                        {"is_license_activated", false},
                        {"system", "linux"},
                        {"server_time_utc", instant_text(Clock::real().now())},
                        {"uptime", static_cast<std::int64_t>(uptime_of(control))}});
}

// Returns the members that clients of LocalStack read: the state of the service, and a version.
Response get_localstack_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response(
      {{"services", {{"lightsail", "running"}}}, {"edition", "papersail"}, {"version", version}});
}

Response get_openapi(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response(raw_json(fixture("openapi.json").value()));
}

constexpr Route routes[] = {
    {"GET", "/_papersail/health", get_health},
    {"GET", "/_papersail/ready", get_ready},
    {"GET", "/_papersail/info", get_info},
    {"GET", "/_localstack/health", get_localstack_health},
    {"GET", "/_localstack/info", get_localstack_info},
    {"GET", "/_papersail/openapi.json", get_openapi},
};

}  // namespace

const std::span<const Route> server_routes = routes;

}  // namespace papersail
