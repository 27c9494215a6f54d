#include "handlers/add_ons/auto_schedule.hpp"

#include <algorithm>
#include <limits>

#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_snapshots = 7;  // documented
constexpr Millis notice = minutes(30);     // documented: the first hour is at least this far ahead
constexpr std::uint64_t longest_delay = 45 * 60;  // documented, in seconds
constexpr Millis never = std::numeric_limits<Millis>::max();

// A snapshot is scheduled every day at `time`, beginning at `from`. A term ends where the next
// begins.
struct Term {
  Millis from;
  std::string time;
};

// The stored schedule of a resource: the scheduled times (day and hour) of the snapshots that
// existed when it was stored, newest first, and the terms after that.
struct Schedule {
  std::vector<Millis> kept;
  std::vector<Term> terms;
};

Millis midnight_of(Millis moment) {
  return moment - moment % days(1);
}

// Returns the time since midnight of "06:00"; nullopt for another text, which only the control API
// can set.
std::optional<Millis> parsed_time(const std::string& time) {
  return instant_of("1970-01-01T" + time + ":00Z");
}

Millis since_midnight(const std::string& time) {
  return parsed_time(time).value_or(0);
}

std::string date_of(Millis moment) {
  return utc_text(moment, date_format);
}

// Recorded: all snapshots of a resource are taken at the same offset from their hour, in that case
// 17 minutes and 52 seconds.
Millis delay_of(const Resource& resource) {
  return seconds(static_cast<std::int64_t>(seed_of(resource) % longest_delay));
}

// An add-on that was created with its resource has no stored schedule, only its entry in `addOns`.
Schedule original_schedule(const Resource& resource) {
  Schedule out;
  const json add_ons = resource.doc.value("addOns", json::array());
  for (const json& add_on : add_ons) {
    if (add_on.value("name", "") != "AutoSnapshot") continue;
    const std::string time = add_on.value("snapshotTimeOfDay", "");
    if (!parsed_time(time)) continue;
    out.terms.push_back({moment_of(resource.doc.at("createdAt")) + notice, time});
  }
  return out;
}

Schedule schedule_of(const Resource& resource) {
  const json* found = resource.internal.find("autoSnapshots");
  if (!found) return original_schedule(resource);
  Schedule out;
  out.kept = found->at("kept").get<std::vector<Millis>>();
  for (const json& term : found->at("terms")) {
    out.terms.push_back({term.at("from").get<Millis>(), term.at("time").get<std::string>()});
  }
  return out;
}

void store_schedule(Resource& resource, const Schedule& schedule) {
  json terms = json::array();
  for (const auto& [from, time] : schedule.terms) {
    terms.push_back({{"from", from}, {"time", time}});
  }
  resource.internal["autoSnapshots"] = {{"kept", schedule.kept}, {"terms", std::move(terms)}};
}

Millis end_of(const Schedule& schedule, std::size_t term) {
  return term + 1 < schedule.terms.size() ? schedule.terms[term + 1].from : never;
}

// Returns the first time at or after `moment` with this time of day.
Millis next_at(const std::string& time, Millis moment) {
  const Millis today = midnight_of(moment) + since_midnight(time);
  return today >= moment ? today : today + days(1);
}

// Returns the scheduled times of snapshots before `end`, newest first. Only the last nine days of
// each term are needed: seven snapshots are kept, and the newest may not exist yet.
std::vector<Millis> moments_before(const Schedule& schedule, Millis end) {
  std::vector<Millis> out = schedule.kept;
  for (std::size_t i = 0; i < schedule.terms.size(); ++i) {
    const Term& term = schedule.terms[i];
    const Millis last = std::min(end_of(schedule, i), end);
    for (Millis at = next_at(term.time, std::max(term.from, last - days(9))); at < last;
         at += days(1)) {
      out.insert(out.begin(), at);
    }
  }
  return out;
}

// Returns the scheduled times of the snapshots that exist at `now`, and of one whose delay has not
// passed yet.
std::vector<Millis> present_moments(const Schedule& schedule, Millis delay, Millis now) {
  std::vector<Millis> out;
  std::size_t there = 0;
  for (const Millis at : moments_before(schedule, now + 1)) {
    there += at + delay <= now ? 1 : 0;
    if (there > most_snapshots) break;
    out.push_back(at);
  }
  return out;
}

// Returns an equivalent schedule in which the snapshots up to `now` are stored as `kept`.
Schedule advanced_to(const Resource& resource, Millis now) {
  const Schedule old = schedule_of(resource);
  Schedule out{present_moments(old, delay_of(resource), now), {}};
  for (std::size_t i = 0; i < old.terms.size(); ++i) {
    if (end_of(old, i) <= now + 1) continue;
    out.terms.push_back({std::max(old.terms[i].from, now + 1), old.terms[i].time});
  }
  return out;
}

// Returns the time from which a new hour applies. The documented rules: one snapshot a day, no hour
// within the notice period, and a snapshot scheduled within the notice period is still taken.
Millis beginning_of(const Schedule& schedule, const std::string& time, Millis now) {
  const std::vector<Millis> fixed = moments_before(schedule, now + notice);
  if (!fixed.empty() && fixed.front() >= midnight_of(now)) {
    return midnight_of(fixed.front()) + days(1);
  }
  const bool today = midnight_of(now) + since_midnight(time) >= now + notice;
  return today ? now + 1 : std::max(midnight_of(now) + days(1), now + notice);
}

}  // namespace

std::vector<DailySnapshot> daily_snapshots(const Resource& resource, Millis now) {
  const Millis delay = delay_of(resource);
  std::vector<DailySnapshot> out;
  for (const Millis at : present_moments(schedule_of(resource), delay, now)) {
    if (at + delay <= now) out.push_back({date_of(at), at + delay});
  }
  return out;
}

std::optional<NextSnapshot> next_auto_snapshot(const Resource& resource, Millis now) {
  const Schedule schedule = schedule_of(resource);
  for (std::size_t i = 0; i < schedule.terms.size(); ++i) {
    const Term& term = schedule.terms[i];
    const Millis at = next_at(term.time, std::max(term.from, now + 1));
    if (at < end_of(schedule, i)) return NextSnapshot{at, term.time, schedule.terms.back().time};
  }
  return std::nullopt;
}

void start_auto_snapshots(Resource& resource, const std::string& time, Millis now) {
  Schedule schedule = advanced_to(resource, now);
  const Millis from = beginning_of(schedule, time, now);
  std::erase_if(schedule.terms, [from](const Term& term) { return term.from >= from; });
  schedule.terms.push_back({from, time});
  store_schedule(resource, schedule);
}

void stop_auto_snapshots(Resource& resource, Millis now) {
  Schedule schedule = advanced_to(resource, now);
  schedule.terms.clear();
  store_schedule(resource, schedule);
}

void remove_auto_snapshot(Resource& resource, const std::string& date, Millis now) {
  Schedule schedule = advanced_to(resource, now);
  std::erase_if(schedule.kept, [&](Millis at) { return date_of(at) == date; });
  store_schedule(resource, schedule);
}

}  // namespace papersail
