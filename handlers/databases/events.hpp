// The events of a managed database, for GetRelationalDatabaseEvents and for its logs.
//
// An event is stored as soon as its time is known, which may be in the future: the duration of a
// state is known when the state begins. Future events are not shown.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Stores in database.internal that `event`, a key of fixtures/db-events.json, happens at `at`.
// `with` has the values for the placeholders of its message. The caller stores the resource.
void note(const Call& call, Resource& database, Millis at, const std::string& event,
          const json& with = nullptr);

// Stores the events of all lifecycle states from `state`, which begins at `at`, to the final one.
// Returns the time at which the final state begins.
Millis schedule_lifecycle_events(const Call& call, Resource& database, const std::string& state,
                                 Millis at);

// Discards the events after the present time, because the schedule has changed.
void forget_coming_events(const Call& call, Resource& database);

// The engine of the database starts (`up`) or stops.
struct EngineRestart {
  Millis at;
  bool up;
};

// Returns all recorded starts and stops up to now, oldest first. The latest start is always kept.
std::vector<EngineRestart> engine_restarts(const Call& call, const Resource& database);

}  // namespace papersail
