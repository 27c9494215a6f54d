// When automatic snapshots are taken: one a day, at an hour of UTC, the newest seven kept.
//
// Nothing is stored as time goes by: the snapshots follow from the clock and from what the resource
// remembers in its secret, the hours since the last change and the snapshots that were there then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "state/resource.hpp"
#include "text/time.hpp"

namespace papersail {

// One day's snapshot of an instance or disk.
struct DailySnapshot {
  std::string date;       // "2026-01-02", of UTC
  Millis created_at = 0;  // between the hour and 45 minutes after it, in whole seconds
};

// Those that there are at `now`, newest first.
std::vector<DailySnapshot> daily_snapshots(const Resource& resource, Millis now);

struct NextSnapshot {
  Millis at = 0;           // the hour has struck
  std::string time;        // "06:00"
  std::string later_time;  // of the days after that
};

// The next one that is due; none while they are off.
std::optional<NextSnapshot> next_auto_snapshot(const Resource& resource, Millis now);

// Has them taken daily at `time` ("06:00"), as soon as today if that is still half an hour ahead
// and would not make a second one today; otherwise from tomorrow on, and today's is taken at the
// hour that was set before. Changes the secret; nothing is stored.
void start_auto_snapshots(Resource& resource, const std::string& time, Millis now);

// Has no more of them taken; those that there are stay. Changes the secret.
void stop_auto_snapshots(Resource& resource, Millis now);

// The snapshot of this date is gone for good. Changes the secret.
void remove_auto_snapshot(Resource& resource, const std::string& date, Millis now);

}  // namespace papersail
