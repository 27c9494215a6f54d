#include "tests/handlers/databases/databases.hpp"

#include <cstdio>
#include <set>

namespace papersail {
namespace {

// The minute of the day at which a window begins, and its length in minutes, from "07:51-08:21" or
// "tue:12:18-tue:12:48".
struct Times {
  int start, length;
};

Times times(std::string window) {
  for (auto at = window.find_first_of("abcdefghijklmnopqrstuvwxyz"); at != std::string::npos;
       at = window.find_first_of("abcdefghijklmnopqrstuvwxyz")) {
    window.erase(at, 4);
  }
  int h = 0, m = 0, to_h = 0, to_m = 0;
  REQUIRE(std::sscanf(window.c_str(), "%d:%d-%d:%d", &h, &m, &to_h, &to_m) == 4);
  return {h * 60 + m, ((to_h - h) * 60 + to_m - m + 1440) % 1440};
}

const char* const backup = "preferredBackupWindow";
const char* const maintenance = "preferredMaintenanceWindow";

}  // namespace

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: chooses random windows in the region's block") {
  struct Block {
    const char* region;
    int backup, maintenance;  // hours
  };
  for (const Block block :
       {Block{"us-east-1", 3, 3}, {"eu-central-1", 20, 21}, {"sa-east-1", 23, 0}}) {
    act_as("test", block.region);
    std::set<std::string> days;
    for (int i = 0; i < 20; ++i) {
      const std::string name = "db-" + std::to_string(i);
      create(name, {{"availabilityZone", nullptr}});
      const json database = this->database(name);
      const Times daily = times(database[backup]), weekly = times(database[maintenance]);
      CHECK(daily.length == 30);
      CHECK(weekly.length == 30);
      // Avoiding the other window can move a window some minutes beyond the block.
      CHECK((daily.start - block.backup * 60 + 1440) % 1440 <= 8 * 60 + 30);
      CHECK((weekly.start - block.maintenance * 60 + 1440) % 1440 <= 8 * 60 - 30);
      days.insert(database[maintenance].get<std::string>().substr(0, 3));
    }
    CHECK(days.size() > 3);
  }
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: accepts windows in any case and shows lower case") {
  create("db-1", {{backup, "22:45-23:15"}, {maintenance, "Sat:23:50-SUN:00:20"}});
  CHECK(database("db-1")[backup] == "22:45-23:15");
  CHECK(database("db-1")[maintenance] == "sat:23:50-sun:00:20");
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses invalid windows") {
  for (const char* text : {"", "16:00", "16:00-16:60", "24:00-24:30", "9:00-9:30", "16:00-16:30 ",
                           " 6:00-16:30", "-1:00-16:30", "tue:16:00-tue:16:30"}) {
    const Refused refusal = refused("CreateRelationalDatabase", input("db-1", {{backup, text}}));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    CHECK(refusal.message == "The preferredBackupWindow is not valid: " + std::string(text) +
                                 ". It must have the format hh24:mi-hh24:mi.");
  }
  for (const char* text :
       {"", "tue:16:00", "16:00-16:30", "foo:00:00-sun:01:00", "tuesday:16:00-tuesday:16:30",
        "tue:24:00-wed:01:00", "nmo:01:00-nmo:02:00", "tue:16:00-tue:16:30x"}) {
    const Refused refusal =
        refused("CreateRelationalDatabase", input("db-1", {{maintenance, text}}));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The preferredMaintenanceWindow is not valid: " + std::string(text) +
                                 ". It must have the format ddd:hh24:mi-ddd:hh24:mi.");
  }
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: refuses windows shorter than half an hour") {
  CHECK(refused("CreateRelationalDatabase", input("db-1", {{backup, "16:00-16:29"}})).message ==
        "The preferredBackupWindow must be at least 30 minutes long: 16:00-16:29");
  CHECK(refused("CreateRelationalDatabase", input("db-1", {{backup, "16:00-16:00"}})).message ==
        "The preferredBackupWindow must be at least 30 minutes long: 16:00-16:00");
  CHECK(refused("CreateRelationalDatabase", input("db-1", {{maintenance, "tue:23:50-wed:00:10"}}))
            .message ==
        "The preferredMaintenanceWindow must be at least 30 minutes long: tue:23:50-wed:00:10");
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses windows that overlap") {
  const auto overlap = [this](const char* daily, const char* weekly) {
    const json with = {{backup, daily}, {maintenance, weekly}};
    const Refused refusal = refused("CreateRelationalDatabase", input("db-1", with));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The backup window and the maintenance window must not overlap: " +
                                 std::string(daily) + " and " + weekly);
  };
  overlap("16:00-16:30", "tue:16:00-tue:16:30");
  overlap("16:00-16:30", "tue:16:29-tue:17:00");
  overlap("16:00-16:30", "tue:15:00-tue:16:01");
  overlap("16:00-16:30", "tue:15:00-tue:17:00");
  overlap("23:45-00:15", "wed:00:00-wed:00:30");
  overlap("00:00-00:30", "sat:23:45-sun:00:15");
  overlap("23:45-00:15", "sun:00:00-sun:00:30");
  overlap("00:00-00:30", "mon:12:00-tue:12:00");
  create("db-1", {{backup, "16:00-16:30"}, {maintenance, "tue:16:30-tue:17:00"}});
  create("db-2", {{backup, "16:30-17:00"}, {maintenance, "tue:16:00-tue:16:30"}});
}

TEST_CASE_FIXTURE(
    Databases,
    "CreateRelationalDatabase: chooses a random window that does not overlap a given one") {
  for (int i = 0; i < 5; ++i) {
    const std::string name = "db-" + std::to_string(i);
    create(name, {{backup, "02:00-11:30"}});  // the whole block
    CHECK(times(database(name)[maintenance]).start == 11 * 60 + 30);
    create(name + "x", {{maintenance, "tue:02:00-tue:11:30"}});
    CHECK(times(database(name + "x")[backup]).start == 11 * 60 + 30);
  }
  CHECK(refused("CreateRelationalDatabase", input("db-9", {{backup, "02:00-01:50"}}))
            .message.starts_with("The backup window and the maintenance window must not overlap"));
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: changes windows at once") {
  create_available("db-1");
  const json operations =
      update("db-1", {{backup, "12:00-12:30"}, {maintenance, "Wed:12:30-Wed:13:30"}});
  REQUIRE(operations.size() == 1);
  CHECK(database("db-1")[backup] == "12:00-12:30");
  CHECK(database("db-1")[maintenance] == "wed:12:30-wed:13:30");
  CHECK(database("db-1")["pendingModifiedValues"].empty());
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: refuses a window that overlaps the existing one") {
  create_available("db-1");
  CHECK(update_refused("db-1", {{backup, "12:15-13:00"}}).message ==
        "The backup window and the maintenance window must not overlap: 12:15-13:00 and "
        "tue:12:00-tue:12:30");
  CHECK(update_refused("db-1", {{maintenance, "sat:07:29-sat:08:00"}}).type ==
        "InvalidInputException");
  CHECK(update_refused("db-1", {{backup, "noon"}}).type == "InvalidInputException");
  CHECK(database("db-1")[backup] == "07:00-07:30");
  CHECK(database("db-1")[maintenance] == "tue:12:00-tue:12:30");
  CHECK(database("db-1")["state"] == "available");
}

}  // namespace papersail
