// The times at which a resource ran. Its document shows only its present state; metrics and bills
// need all its runs.
#pragma once

#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// The half-open interval [from, until).
struct Span {
  Millis from = 0;
  Millis until = 0;
};

// Returns internal["startedAt"], the time of the last start, or the creation time if there is none.
Millis started_at(const Resource& resource);

// Records that the running resource stops at `now`. Does nothing if this run's end is already
// recorded.
void end_run(Resource& resource, Millis now);

// Returns all runs, oldest first: the ended ones and, if `runs_now`, the present one up to `now`.
std::vector<Span> runs_of(const Resource& resource, bool runs_now, Millis now);

}  // namespace papersail
