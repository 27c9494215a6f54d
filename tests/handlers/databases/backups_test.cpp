#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

class Backups : public Databases {
 public:
  using Databases::Databases;

  // Returns the start times of the backups of the last two weeks, relative to the test's start.
  std::vector<Millis> begun() {
    std::vector<Millis> out;
    for (const std::string& event : events("db-1")) {
      if (event.ends_with("Backing up Relational Database"))
        out.push_back(seconds(std::stoll(event)));
    }
    return out;
  }
  // The last event is the end of the modification.
  std::string last_but_one() {
    const auto list = events("db-1", 60);
    REQUIRE(list.size() > 1);
    return list[list.size() - 2];
  }
  void advance_to(Millis since_start) { advance(test_start + since_start - now()); }
};

}  // namespace

TEST_CASE_FIXTURE(Backups,
                  "GetRelationalDatabaseEvents: shows one backup a day, in the backup window") {
  create_available("db-1");
  advance_to(days(5));
  const auto list = begun();
  REQUIRE(list.size() == 6);  // with the first one
  for (std::size_t day = 0; day < 5; ++day) {
    const Millis in_window = list[day + 1] - days(static_cast<int>(day)) - hours(7);
    CHECK(in_window >= 0);
    CHECK(in_window + while_backing_up <= minutes(30));
  }
  CHECK(list[2] - list[1] == days(1));
  create_available("db-2");
  CHECK(events("db-1").size() == events("db-2").size() + 10);
}

TEST_CASE_FIXTURE(Backups, "GetRelationalDatabase: shows backing-up during the daily backup") {
  create_available("db-1");
  advance_to(days(2));
  const Millis begin = begun().back() + days(1);
  advance_to(begin - seconds(1));
  CHECK(database("db-1")["state"] == "available");
  advance_to(begin + seconds(2));
  CHECK(database("db-1")["state"] == "backing-up");
  CHECK(call("GetRelationalDatabases")["relationalDatabases"][0]["state"] == "backing-up");
  const Refused refusal = update_refused("db-1", {{"publiclyAccessible", true}});
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message.ends_with(" in backing-up state; please try again later"));
  advance_to(begin + while_backing_up + seconds(2));
  CHECK(database("db-1")["state"] == "available");
  update("db-1", {{"publiclyAccessible", true}});
}

TEST_CASE_FIXTURE(Backups,
                  "GetRelationalDatabase: has no daily backup within an hour of its creation") {
  create("db-1", {{"preferredBackupWindow", "00:15-00:45"},
                  {"preferredMaintenanceWindow", "tue:12:00-tue:12:30"}});
  advance_to(hours(23));
  CHECK(begun().size() == 1);
  advance_to(days(1) + hours(1));
  CHECK(begun().size() == 2);
}

TEST_CASE_FIXTURE(Backups,
                  "GetRelationalDatabaseEvents: shows backups in a window across midnight") {
  create_available("db-1", {{"preferredBackupWindow", "23:50-00:20"}});
  advance_to(days(3) + hours(1));
  const auto list = begun();
  REQUIRE(list.size() == 4);
  for (std::size_t day = 1; day < 4; ++day) {
    const Millis in_window = list[day] - days(static_cast<int>(day)) + minutes(10);
    CHECK(in_window >= 0);
    CHECK(in_window + while_backing_up <= minutes(30));
  }
}

TEST_CASE_FIXTURE(Backups, "StopRelationalDatabase: stops backups until the database runs again") {
  create_available("db-1");
  advance_to(days(2));
  act("StopRelationalDatabase", "db-1");
  advance_to(days(4));
  CHECK(begun().size() == 3);
  act("StartRelationalDatabase", "db-1");
  advance_to(days(6));
  CHECK(begun().size() == 5);
  act("StopRelationalDatabase", "db-1");
  advance_to(days(14));  // running again since the 13th
  CHECK(begun().size() == 6);
}

TEST_CASE_FIXTURE(Backups, "UpdateRelationalDatabase: uses a new backup window at once") {
  create_available("db-1");
  advance_to(days(2));
  const auto before = begun();
  update("db-1", {{"preferredBackupWindow", "20:00-20:30"}});
  CHECK(begun() == before);
  advance_to(days(4));
  const auto after = begun();
  REQUIRE(after.size() == before.size() + 2);
  CHECK(after.back() % days(1) >= hours(20));
  CHECK(after[before.size()] < days(3));
}

TEST_CASE_FIXTURE(
    Backups,
    "UpdateRelationalDatabase: drops earlier backups when backups are disabled and enabled") {
  create_available("db-1");
  advance_to(days(2));
  const json now = {{"disableBackupRetention", true}, {"applyImmediately", true}};
  update("db-1", now);
  advance(while_modifying - 1);
  CHECK(database("db-1").contains("latestRestorableTime"));
  advance(1);
  CHECK(!database("db-1").contains("latestRestorableTime"));
  CHECK(last_but_one().ends_with(" Disabled automated backups"));
  const auto before = begun();
  advance_to(days(3));
  CHECK(begun() == before);
  update("db-1", {{"enableBackupRetention", true}, {"applyImmediately", true}});
  advance(while_modifying);
  CHECK(last_but_one().ends_with(" Enabled automated backups"));
  CHECK(database("db-1")["latestRestorableTime"] ==
        timestamp(test_start + days(3) + while_modifying));
  const Refused refusal = refused("CreateRelationalDatabaseFromSnapshot",
                                  {{"relationalDatabaseName", "db-2"},
                                   {"sourceRelationalDatabaseName", "db-1"},
                                   {"restoreTime", timestamp(test_start + days(1))}});
  CHECK(refusal.message.starts_with("The restoreTime must be between 2026-01-04T00:01:30Z"));
  advance_to(days(4));
  CHECK(begun().size() == before.size() + 1);
}

TEST_CASE_FIXTURE(
    Backups,
    "UpdateRelationalDatabase: keeps backups when a pending change to disable them is cancelled") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  update("db-1", {{"enableBackupRetention", true}});
  advance_to(days(9));
  CHECK(begun().size() == 10);
}

TEST_CASE("GetRelationalDatabase: shows no backing-up with the instant profile") {
  Backups instant("instant");
  instant.create("db-1");
  instant.advance_to(days(2));
  CHECK(instant.begun().size() == 3);
  instant.advance(instant.begun().back() + days(1) - days(2));
  CHECK(instant.database("db-1")["state"] == "available");
}

}  // namespace papersail
