// What stands beside the way of every call: faults, which spoil it, and what looks on.
#pragma once

#include "server/instruments/coverage.hpp"
#include "server/instruments/faults.hpp"
#include "server/instruments/metrics.hpp"
#include "server/instruments/progress.hpp"
#include "server/instruments/recorder.hpp"

namespace papersail {

struct Instruments {
  Faults faults;
  Recorder recorder;
  Coverage coverage;
  Metrics metrics;

  // Tells all of them of a call that is over but for its commit.
  void note(const Request& request, const Answer& answer, const Progress& progress);
};

}  // namespace papersail
