// The maintenance of a managed database: what waits for its window, and the work itself.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// The changes that wait are internal["waiting"], a patch of the document. All functions leave it to
// the caller to put the resource.

// Shows what waits and plans it for the first window after `from`, now or later.
void plan_maintenance(Call& call, Resource& database, Millis from);

// Begins with what waits now.
void begin_maintenance(Call& call, Resource& database);

// Forgets when anything was to happen to the database by itself, but not what waits.
void forget_plans(Call& call, Resource& database);

}  // namespace papersail
