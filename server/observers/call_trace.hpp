// How far a call has come.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/faults/faults.hpp"
#include "state/changes.hpp"

namespace papersail {

// What is known of one call.
struct CallTrace {
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  std::vector<std::string> unread;         // the members of the input that the model does not know
  std::optional<FaultOutcome> faults_hit;  // by faults; none: it did not come so far
  Changes changes;                         // what it and time have done, as far as that stands
  std::optional<Millis> clock;             // the account's time; none: its account was not open yet
  bool wrote = false;                      // the handler has changed something, and that stands
};

}  // namespace papersail
