// Automated backups of a managed database: one a day in the backup window while the database runs
// and backups are enabled. Only the periods with backups are stored; they may lie in the future.
#pragma once

#include <optional>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Schedules backups from `from` on, in the window that the document has now. The caller of these
// functions stores the resource.
void begin_backups(Resource& database, Millis from);

// Ends the backups at `at`.
void end_backups(Resource& database, Millis at);

// Returns a patch of `internal`: the database cannot be restored to a time before `moment`.
json first_restorable(Millis moment);

// Discards the scheduled backups after the present time.
void forget_coming_backups(const Call& call, Resource& database);

struct Backup {
  Millis begin;
  Millis end;
};

// Returns the daily backups that end at or after `from` and begin at or before `to`, oldest first.
std::vector<Backup> daily_backups(const Call& call, const Resource& database, Millis from,
                                  Millis to);

// The range of times to which the database can be restored; nullopt without backups.
struct Restorable {
  Millis earliest;
  Millis latest;
};
std::optional<Restorable> restorable(const Call& call, const Resource& database);

}  // namespace papersail
