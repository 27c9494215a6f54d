// What happens to a managed database, for GetRelationalDatabaseEvents and for its logs.
//
// An event is noted when it is decided, with the moment at which it will happen: how long a state
// lasts is known when it begins. Those that lie ahead are not shown yet.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Notes in the database's secret that `event`, a key of fixtures/db-events.json, happens at `at`.
// `with` has what its message leaves open. The caller puts the resource.
void note(const Call& call, Resource& database, Millis at, const std::string& event,
          const json& with = nullptr);

// Notes what the lifecycle does once the database enters `state` at `at`, until it rests. Returns
// when that is.
Millis schedule_lifecycle_events(const Call& call, Resource& database, const std::string& state,
                                 Millis at);

// Forgets what lies ahead: the plans have changed.
void forget_coming_events(const Call& call, Resource& database);

// The engine of the database begins or ceases to run.
struct ServerMoment {
  Millis at;
  bool up;
};

// All that are remembered and over, in order; the latest start is never forgotten.
std::vector<ServerMoment> engine_restarts(const Call& call, const Resource& database);

}  // namespace papersail
