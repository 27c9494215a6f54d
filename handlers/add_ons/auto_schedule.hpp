// The schedule of automatic snapshots: one a day at a full hour of UTC, of which the newest seven
// are kept.
//
// Snapshots are not stored. They are computed from the time and from internal["autoSnapshots"] of
// the resource: the hours since the last change, and the snapshots that existed at that change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "state/resource.hpp"
#include "text/time.hpp"

namespace papersail {

// The snapshot of one day of an instance or disk.
struct DailySnapshot {
  std::string date;       // in UTC, "2026-01-02"
  Millis created_at = 0;  // 0 to 45 minutes after the scheduled hour, in whole seconds
};

// Returns the snapshots that exist at `now`, newest first.
std::vector<DailySnapshot> daily_snapshots(const Resource& resource, Millis now);

struct NextSnapshot {
  Millis at = 0;           // the scheduled hour
  std::string time;        // "06:00"
  std::string later_time;  // for the days after that
};

// Returns the next scheduled snapshot, or nullopt if automatic snapshots are off.
std::optional<NextSnapshot> next_auto_snapshot(const Resource& resource, Millis now);

// Schedules daily snapshots at `time` ("06:00"). They start today if that hour is at least half an
// hour ahead and today has no other snapshot; otherwise they start tomorrow, and today's snapshot
// is taken at the hour set before. Changes resource.internal; stores nothing.
void start_auto_snapshots(Resource& resource, const std::string& time, Millis now);

// Stops the daily snapshots and keeps the existing ones. Changes resource.internal.
void stop_auto_snapshots(Resource& resource, Millis now);

// Removes the snapshot of this date. Changes resource.internal.
void remove_auto_snapshot(Resource& resource, const std::string& date, Millis now);

}  // namespace papersail
