// What stands beside the way of every call: faults, which spoil it, and what looks on.
#pragma once

#include "server/faults/faults.hpp"
#include "server/observers/coverage.hpp"
#include "server/observers/metrics.hpp"
#include "server/observers/progress.hpp"
#include "server/observers/recorder.hpp"

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
