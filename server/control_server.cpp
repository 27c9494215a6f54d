// The server as a whole: health, the OpenAPI document.
#include "fixtures/fixtures.hpp"
#include "server/control_routes.hpp"

namespace papersail {
namespace {

Answer get_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return control_json({{"status", "ok"}, {"version", version}});
}

// What LocalStack's clients look for: the service by its name, and a version.
Answer get_localstack_health(Control& /*control*/, const ControlRequest& /*request*/) {
  return control_json(
      {{"services", {{"lightsail", "running"}}}, {"edition", "papersail"}, {"version", version}});
}

Answer get_openapi(Control& /*control*/, const ControlRequest& /*request*/) {
  return control_json(ready(fixture("openapi.json").value()));
}

constexpr Route routes[] = {
    {"GET", "/_papersail/health", get_health},
    {"GET", "/_localstack/health", get_localstack_health},
    {"GET", "/_papersail/openapi.json", get_openapi},
};

}  // namespace

const std::span<const Route> server_routes = routes;

}  // namespace papersail
