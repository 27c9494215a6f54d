// Automated backups of a managed database: one a day in its window, while it runs and keeps them.
// Nothing is stored but the spans of time in which that is so; they may lie ahead.
#pragma once

#include <optional>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Backups are made from `from` on, in the window that the document has now. The caller puts the
// resource, here and below.
void begin_backups(Resource& database, Millis from);

// No more backups from `at` on.
void end_backups(Resource& database, Millis at);

// A patch of the secret: nothing before `moment` can be restored.
json first_restorable(Millis moment);

// Forgets what lies ahead: the plans have changed.
void forget_coming_backups(const Call& call, Resource& database);

struct Backup {
  Millis begin;
  Millis end;
};

// The daily backups that are not over before `from` and begin by `to`, oldest first.
std::vector<Backup> daily_backups(const Call& call, const Resource& database, Millis from,
                                  Millis to);

// The moments to which the database can be brought back; none without backups.
struct Restorable {
  Millis earliest;
  Millis latest;
};
std::optional<Restorable> restorable(const Call& call, const Resource& database);

}  // namespace papersail
