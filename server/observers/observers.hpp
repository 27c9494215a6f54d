// Faults, and the observers of calls: recorder, coverage, metrics.
#pragma once

#include "server/faults/faults.hpp"
#include "server/observers/call_trace.hpp"
#include "server/observers/coverage.hpp"
#include "server/observers/metrics.hpp"
#include "server/observers/recorder.hpp"

namespace papersail {

struct Observers {
  Faults faults;
  Recorder recorder;
  Coverage coverage;
  Metrics metrics;

  // Reports a finished call, not yet committed, to the recorder, the coverage and the metrics.
  void note(const Request& request, const Response& response, const CallTrace& trace);
};

}  // namespace papersail
