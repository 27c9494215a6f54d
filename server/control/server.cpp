// The server as a whole: health, readiness, what it can do, the OpenAPI document.
#include <algorithm>
#include <chrono>

#include "fixtures/fixtures.hpp"
#include "server/control/accounts.hpp"
#include "server/control/routes.hpp"
#include "server/version.hpp"
#include "text/instant.hpp"

namespace papersail {
namespace {

Response get_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response({{"status", "ok"}, {"version", version}});
}

// Alive is not yet ready: whoever waits for seeds asks here.
Response get_ready(Control& control, const ControlRequest& /*request*/) {
  const bool ready = control.server->ready;
  return json_response({{"ready", ready}}, ready ? 200 : 503);
}

double uptime_of(const Control& control) {
  using std::chrono::steady_clock;
  return std::chrono::duration<double>(steady_clock::now() - control.server->started).count();
}

json actions_of(Dispatch& dispatch) {
  json works = json::array(), missing = json::array();
  for (const auto& action : dispatch.model().actions()) {
    (dispatch.implements(action) ? works : missing).push_back(action);
  }
  return {{"implemented", works.size()},
          {"total", works.size() + missing.size()},
          {"names", works},
          {"missing", missing}};
}

// What a client may look for before it relies on it. Parts of the API are there if their paths are.
json capabilities_of(const Control& control) {
  const auto routes = all_routes();
  json out = {{"persistence", !control.accounts.settings().data.empty()},
              {"machines", false}};  // nothing stands behind an instance
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

// What LocalStack's clients look for: the service by its name, and a version.
Response get_localstack_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response(
      {{"services", {{"lightsail", "running"}}}, {"edition", "papersail"}, {"version", version}});
}

Response get_openapi(Control& /*control*/, const ControlRequest& /*request*/) {
  return json_response(ready(fixture("openapi.json").value()));
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
