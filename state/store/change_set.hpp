// What a call changes, so that it can be undone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "state/resource.hpp"
#include "state/store/schedule.hpp"
#include "text/time.hpp"

namespace papersail {

// A resource as it was before a call.
struct Before {
  std::optional<Resource> resource;          // nullopt: the call creates it
  std::optional<Millis> due_at;              // of its next transition
  std::vector<Schedule::NewChange> changes;  // that were scheduled
};

// The resources that a call changes, by id.
using ChangeSet = std::map<std::int64_t, Before>;

}  // namespace papersail
