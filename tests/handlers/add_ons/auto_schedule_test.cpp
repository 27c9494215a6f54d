#include "handlers/add_ons/auto_schedule.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

constexpr Millis start = 1767225600000;  // 2026-01-01T00:00:00Z

// Returns a resource created at the start, without automatic snapshots.
Resource unscheduled_instance() {
  Resource out;
  out.type = "Instance";
  out.name = "web";
  out.doc = {{"arn", "arn:aws:lightsail:us-east-1:000000000000:Instance/1"},
             {"createdAt", timestamp(start)}};
  return out;
}

// Returns the dates of the snapshots, oldest first.
std::vector<std::string> dates(const Resource& resource, Millis after_start) {
  std::vector<std::string> out;
  for (const auto& snapshot : daily_snapshots(resource, start + after_start)) {
    out.insert(out.begin(), snapshot.date);
  }
  return out;
}

// Returns the hours of the day of the snapshots, oldest first.
std::vector<Millis> hours_of_day(const Resource& resource, Millis after_start) {
  std::vector<Millis> out;
  for (const auto& snapshot : daily_snapshots(resource, start + after_start)) {
    out.insert(out.begin(), snapshot.created_at % days(1) / hours(1));
  }
  return out;
}

using Dates = std::vector<std::string>;
using Hours = std::vector<Millis>;

}  // namespace

TEST_CASE("Automatic snapshots: are taken once a day and the newest seven are kept") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  CHECK(dates(web, hours(6) - 1).empty());
  CHECK(dates(web, hours(7)) == Dates{"2026-01-01"});
  CHECK(dates(web, days(3) + hours(7)) ==
        Dates{"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"});
  CHECK(dates(web, days(9) + hours(7)) == Dates{"2026-01-04", "2026-01-05", "2026-01-06",
                                                "2026-01-07", "2026-01-08", "2026-01-09",
                                                "2026-01-10"});
  CHECK(dates(web, days(59)).back() == "2026-02-28");
  CHECK(dates(web, days(59)).size() == 7);
}

TEST_CASE("Automatic snapshots: are taken at one whole second within 45 minutes of the hour") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  const auto list = daily_snapshots(web, start + days(5));
  REQUIRE(list.size() == 5);
  for (const auto& snapshot : list) {
    const Millis after_hour = snapshot.created_at % days(1) - hours(6);
    CHECK(after_hour == list[0].created_at % days(1) - hours(6));
    CHECK(after_hour >= 0);
    CHECK(after_hour < minutes(45));
    CHECK(snapshot.created_at % 1000 == 0);
  }
  Resource other = web;
  other.doc["arn"] = "arn:aws:lightsail:us-east-1:000000000000:Instance/2";
  CHECK(daily_snapshots(other, start + days(5))[0].created_at != list[0].created_at);
  const Millis first = list.back().created_at;
  CHECK(daily_snapshots(web, first - 1).empty());
  CHECK(daily_snapshots(web, first).size() == 1);
}

TEST_CASE("Automatic snapshots: begin at the creation for an add-on of a new resource") {
  Resource web = unscheduled_instance();
  web.doc["addOns"] = json::parse(R"([{"name": "AutoSnapshot", "snapshotTimeOfDay": "06:00"}])");
  CHECK(dates(web, hours(7)) == Dates{"2026-01-01"});
  web.doc["createdAt"] = timestamp(start + hours(5) + minutes(31));
  CHECK(dates(web, days(1) + hours(7)) == Dates{"2026-01-02"});
  CHECK(daily_snapshots(unscheduled_instance(), start + days(9)).empty());
}

TEST_CASE("Automatic snapshots: begin tomorrow when enabled within half an hour of their hour") {
  Resource in_time = unscheduled_instance();
  start_auto_snapshots(in_time, "06:00", start + hours(5) + minutes(30));
  CHECK(dates(in_time, days(1)) == Dates{"2026-01-01"});
  Resource late = unscheduled_instance();
  start_auto_snapshots(late, "06:00", start + hours(5) + minutes(31));
  CHECK(dates(late, days(1) + hours(7)) == Dates{"2026-01-02"});
  CHECK(next_auto_snapshot(late, start + hours(5) + minutes(31))->at == start + days(1) + hours(6));
  Resource midnight = unscheduled_instance();
  start_auto_snapshots(midnight, "00:00", start + hours(23) + minutes(45));
  CHECK(dates(midnight, days(3)) == Dates{"2026-01-03"});
}

TEST_CASE("Automatic snapshots: are kept when disabled and continue when enabled again") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  stop_auto_snapshots(web, start + days(3));
  CHECK(dates(web, days(30)) == Dates{"2026-01-01", "2026-01-02", "2026-01-03"});
  CHECK_FALSE(next_auto_snapshot(web, start + days(30)));
  start_auto_snapshots(web, "08:00", start + days(30));
  CHECK(dates(web, days(31)) == Dates{"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-31"});
  CHECK(dates(web, days(36)).front() == "2026-01-03");
}

TEST_CASE("Automatic snapshots: are taken if they are disabled after their hour") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  stop_auto_snapshots(web, start + hours(6));
  CHECK(dates(web, hours(7)) == Dates{"2026-01-01"});
}

TEST_CASE("Automatic snapshots: are never taken twice a day") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  stop_auto_snapshots(web, start + hours(8));
  start_auto_snapshots(web, "20:00", start + hours(9));
  CHECK(dates(web, days(2)) == Dates{"2026-01-01", "2026-01-02"});
  CHECK(hours_of_day(web, days(2)) == Hours{6, 20});
}

TEST_CASE("Automatic snapshots: apply a new hour from today or tomorrow") {
  struct {
    const char* what;
    Millis now;
    const char* hour;
    Hours taken;  // on the first three days
    const char* next;
  } const cases[] = {
      {"later today, none yet", hours(1), "09:00", {9, 9, 9}, "09:00"},
      {"earlier today, but ahead", hours(1), "03:00", {3, 3, 3}, "03:00"},
      {"later today, after today's", hours(8), "12:00", {6, 12, 12}, "12:00"},
      {"earlier than now", hours(4), "02:00", {6, 2, 2}, "06:00"},
      {"within half an hour", hours(4) + minutes(45), "05:00", {6, 5, 5}, "06:00"},
      {"half an hour ahead", hours(4) + minutes(30), "05:00", {5, 5, 5}, "05:00"},
      {"the old one is near", hours(5) + minutes(45), "12:00", {6, 12, 12}, "06:00"},
      {"the old one is being made", hours(6), "12:00", {6, 12, 12}, "12:00"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.what);
    Resource web = unscheduled_instance();
    start_auto_snapshots(web, "06:00", start);
    start_auto_snapshots(web, one.hour, start + one.now);
    CHECK(hours_of_day(web, days(3)) == one.taken);
    CHECK(next_auto_snapshot(web, start + one.now)->time == one.next);
    CHECK(next_auto_snapshot(web, start + one.now)->later_time == one.hour);
  }
}

TEST_CASE("Automatic snapshots: use the last of several changes") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  start_auto_snapshots(web, "02:00", start + hours(4));
  start_auto_snapshots(web, "03:00", start + hours(4) + minutes(1));
  CHECK(hours_of_day(web, days(3)) == Hours{6, 3, 3});
  stop_auto_snapshots(web, start + hours(4) + minutes(2));
  CHECK(dates(web, days(3)).empty());
}

TEST_CASE("Automatic snapshots: are not taken again or replaced when removed") {
  Resource web = unscheduled_instance();
  start_auto_snapshots(web, "06:00", start);
  remove_auto_snapshot(web, "2026-01-09", start + days(10));
  CHECK(dates(web, days(10)) ==
        Dates{"2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-10"});
  CHECK(dates(web, days(11)).size() == 7);
  CHECK(dates(web, days(11)).front() == "2026-01-04");
  CHECK(dates(web, days(12)).front() == "2026-01-05");
  CHECK(dates(web, days(60)).size() == 7);
}

}  // namespace papersail
