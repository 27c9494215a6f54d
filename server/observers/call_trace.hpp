// The trace of a call, for its observers.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/faults/faults.hpp"
#include "state/changes.hpp"

namespace papersail {

// Facts about one call.
struct CallTrace {
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  std::vector<std::string> unread;            // input members that the model does not have
  std::optional<FaultOutcome> fault_outcome;  // nullopt: the faults were not evaluated
  Changes changes;                            // of the call and of time, unless rolled back
  std::optional<Millis> clock;  // the account's time; nullopt: the account was not open yet
  bool unsettled = false;       // the call did not run, because transitions are still due
  bool is_unknown = false;      // an action that papersail does not know, of another service
  bool wrote = false;           // the handler changed something that was not rolled back
};

}  // namespace papersail
