// Coverage and metrics.
#include <unistd.h>

#include <fstream>

#include "server/control/routes.hpp"
#include "server/observers/instruments.hpp"
#include "server/version.hpp"

namespace papersail {
namespace {

// The memory of this process, in bytes; 0 where the system does not tell.
double resident_memory() {
  std::ifstream file("/proc/self/statm");
  double size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void write_state(MetricText& out, Control& control) {
  out.begin("papersail_info", "gauge", "The version that runs.");
  out.add(label("version", version), 1);
  out.begin("process_resident_memory_bytes", "gauge", "Memory of the process.");
  out.add("", resident_memory());
  out.begin("papersail_recorded_bytes", "gauge", "Memory of the record of requests.");
  out.add("", static_cast<double>(control.dispatch.instruments().recorder.bytes()));
  out.begin("papersail_resources", "gauge", "Resources, by account and type.");
  for (Account* account : control.accounts.open()) {
    for (const auto& [type, count] : account->store.count_by_type()) {
      out.add(label("account", account->id) + ',' + label("type", type),
              static_cast<double>(count));
    }
  }
}

Answer get_metrics(Control& control, const ControlRequest& /*request*/) {
  MetricText out;
  write_state(out, control);
  control.dispatch.instruments().metrics.write(out);
  Answer answer;
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = std::move(out.text);
  return answer;
}

Answer get_coverage(Control& control, const ControlRequest& request) {
  const json report = control.dispatch.instruments().coverage.report(control.dispatch.model());
  const std::string format = request.query_value("format");
  if (format.empty() || format == "json") return json_answer(report);
  if (format != "junit") throw ControlError{400, "\"format\" must be json or junit."};
  Answer answer;
  answer.content_type = "application/xml";
  answer.body = junit(report);
  return answer;
}

Answer delete_coverage(Control& control, const ControlRequest& /*request*/) {
  control.dispatch.instruments().coverage.clear();
  return json_answer(json::object());
}

constexpr Route routes[] = {
    {"GET", "/_papersail/coverage", get_coverage},
    {"DELETE", "/_papersail/coverage", delete_coverage},
    {"GET", "/_papersail/metrics", get_metrics},
};

}  // namespace

const std::span<const Route> metric_routes = routes;

}  // namespace papersail
