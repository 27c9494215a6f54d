// When a resource ran. Its document shows only whether it runs now; its metrics and its bill are
// made of all the times that it did.
#pragma once

#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// From the first moment up to the second, not included.
struct Span {
  Millis from = 0;
  Millis until = 0;
};

// internal["startedAt"] is when the resource was last told to run; without it, its creation.
Millis started_at(const Resource& resource);

// Notes that the resource, which was running, stops at `now`. Does nothing if that is noted.
void end_run(Resource& resource, Millis now);

// All runs, oldest first: those that have ended and, if it `runs_now`, one up to `now`.
std::vector<Span> runs_of(const Resource& resource, bool runs_now, Millis now);

}  // namespace papersail
