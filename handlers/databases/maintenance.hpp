// The maintenance of a managed database: pending changes, and the work in the maintenance window.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// internal["waiting"] holds the pending changes as a patch of the document. The caller of these
// functions stores the resource.

// Shows the pending changes and schedules them for the first window after `from`, which is now or
// later.
void plan_maintenance(Call& call, Resource& database, Millis from);

// Starts the pending changes now.
void begin_maintenance(Call& call, Resource& database);

// Discards all scheduled changes, events and backups of the database, but not the pending changes.
void forget_plans(Call& call, Resource& database);

}  // namespace papersail
