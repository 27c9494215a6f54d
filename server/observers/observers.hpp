// What stands beside the way of every call: faults, which spoil it, and what looks on.
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

  // Tells all of them of a call that is over but for its commit.
  void note(const Request& request, const Response& response, const CallTrace& trace);
};

}  // namespace papersail
