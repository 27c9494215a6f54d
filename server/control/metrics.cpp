// Coverage and metrics.
#include <unistd.h>

#include <fstream>

#include "server/control/routes.hpp"
#include "server/observers/observers.hpp"
#include "server/version.hpp"

namespace papersail {
namespace {

// Returns the resident memory of this process in bytes; 0 if /proc is not available.
double resident_memory() {
  std::ifstream file("/proc/self/statm");
  double size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void write_state(MetricText& out, Control& control) {
  out.begin("papersail_info", "gauge", "Version of the running server.");
  out.add(label("version", version), 1);
  out.begin("process_resident_memory_bytes", "gauge", "Resident memory of the process.");
  out.add("", resident_memory());
  out.begin("papersail_recorded_bytes", "gauge", "Memory used by recorded requests.");
  out.add("", static_cast<double>(control.dispatch.observers().recorder.bytes()));
  out.begin("papersail_resources", "gauge", "Resources, by account and type.");
  for (Account* account : control.accounts.open()) {
    for (const auto& [type, count] : account->store.inventory().count_by_type()) {
      out.add(label("account", account->id) + ',' + label("type", type),
              static_cast<double>(count));
    }
  }
}

Response get_metrics(Control& control, const ControlRequest& /*request*/) {
  MetricText out;
  write_state(out, control);
  control.dispatch.observers().metrics.write(out);
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(out.text);
  return response;
}

Response get_coverage(Control& control, const ControlRequest& request) {
  const json report = control.dispatch.observers().coverage.report(control.dispatch.model());
  const std::string format = request.query_value("format");
  if (format.empty() || format == "json") return json_response(report);
  if (format != "junit") throw ControlError{400, "\"format\" must be json or junit."};
  Response response;
  response.content_type = "application/xml";
  response.body = junit(report);
  return response;
}

Response delete_coverage(Control& control, const ControlRequest& /*request*/) {
  control.dispatch.observers().coverage.clear();
  return json_response(json::object());
}

constexpr Route routes[] = {
    {"GET", "/_papersail/coverage", get_coverage},
    {"DELETE", "/_papersail/coverage", delete_coverage},
    {"GET", "/_papersail/metrics", get_metrics},
};

}  // namespace

const std::span<const Route> metric_routes = routes;

}  // namespace papersail
