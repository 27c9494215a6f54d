// What stands beside the way of every call: faults, which spoil it, and what looks on.
#pragma once

#include "server/coverage.hpp"
#include "server/faults.hpp"
#include "server/metrics.hpp"
#include "server/progress.hpp"
#include "server/recorder.hpp"

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
