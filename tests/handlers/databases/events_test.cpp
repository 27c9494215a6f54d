#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

const char* const action = "GetRelationalDatabaseEvents";
using Messages = std::vector<std::string>;

json lasting(const std::string& name, int minutes) {
  return {{"relationalDatabaseName", name}, {"durationInMinutes", minutes}};
}

}  // namespace

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseEvents: returns the recorded form, oldest first") {
  create_available("db-1");
  const json response = call(action, by_name("db-1"));
  CHECK(!response.contains("nextPageToken"));
  REQUIRE(response["relationalDatabaseEvents"].size() == 3);
  CHECK(response["relationalDatabaseEvents"][1] ==
        json({{"resource", "db-1"},
              {"createdAt", timestamp(test_start + seconds(600))},
              {"message", "Backing up Relational Database"},
              {"eventCategories", {"backup"}}}));
  CHECK(events("db-1") == Messages{"600 Relational Database created",
                                   "600 Backing up Relational Database",
                                   "703 Finished Relational Database backup"});
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseEvents: does not show future events") {
  create("db-1");
  CHECK(events("db-1").empty());
  advance(seconds(600) - 1);
  CHECK(events("db-1").empty());
  advance(1);
  CHECK(events("db-1").size() == 2);
  advance(while_backing_up);
  CHECK(events("db-1").size() == 3);
}

TEST_CASE_FIXTURE(
    Databases,
    "GetRelationalDatabaseEvents: returns the events of the last hour or of durationInMinutes") {
  create_available("db-1");
  advance(seconds(600 + 3600) - (now() - test_start));
  CHECK(call(action, by_name("db-1"))["relationalDatabaseEvents"].size() == 3);
  advance(1);
  CHECK(call(action, by_name("db-1"))["relationalDatabaseEvents"].size() == 1);
  CHECK(events("db-1", 61).size() == 3);
  CHECK(events("db-1", 1).empty());
  for (const int minutes : {0, -1, 20161}) {
    const Refused refusal = refused(action, lasting("db-1", minutes));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message ==
          "The durationInMinutes must be between 1 and 20160: " + std::to_string(minutes));
  }
  CHECK(refused(action, by_name("db-2")).message == "The RelationalDatabase does not exist: db-2");
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseEvents: shows the effects of actions") {
  create_available("db-1");
  advance(seconds(1000) - (now() - test_start));
  const auto after = [this](Millis by) { advance(by); };
  act("RebootRelationalDatabase", "db-1");
  after(seconds(100));
  create_snapshot("db-1", "snap-1");
  after(seconds(200));
  update("db-1", {{"rotateMasterUserPassword", true}});
  after(seconds(100));
  set_parameter("db-1", "max_connections", "50", "immediate");
  act("StopRelationalDatabase", "db-1");
  after(seconds(200));
  act("StartRelationalDatabase", "db-1");
  after(seconds(300));
  Messages messages = events("db-1");
  messages.erase(messages.begin(), messages.begin() + 3);  // removes the events of the creation
  CHECK(messages ==
        Messages{"1000 Relational Database shutdown", "1060 Relational Database restarted",
                 "1100 Backing up Relational Database", "1203 Finished Relational Database backup",
                 "1300 Applying modification to Relational Database",
                 "1310 Reset master credentials",
                 "1390 Finished applying modification to Relational Database",
                 "1400 Updated parameter max_connections to 50 with apply method "
                 "immediate",
                 "1400 Relational Database shutdown", "1580 Relational Database stopped",
                 "1840 Relational Database started"});
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseEvents: shows maintenance when it begins") {
  create_available("db-1");
  update("db-1",
         {{"disableBackupRetention", true}, {"relationalDatabaseBlueprintId", "mysql_8_4"}});
  advance(first_maintenance - now() - 1);
  const auto last_hour = [this] { return events("db-1", 60); };
  CHECK(last_hour().empty());
  advance(1 + while_upgrading);
  const std::string begin = std::to_string((first_maintenance - test_start) / 1000);
  const std::string end = std::to_string((first_maintenance + while_upgrading - test_start) / 1000);
  CHECK(last_hour() == Messages{begin + " Relational Database engine version upgrade started",
                                end + " Disabled automated backups",
                                end + " Relational Database engine version upgrade finished"});
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseEvents: never shows cancelled events") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  update("db-1", {{"enableBackupRetention", true}});
  act("StopRelationalDatabase", "db-1");
  advance(hours(1));
  act("StartRelationalDatabase", "db-1");
  advance(days(12));
  for (const std::string& message : events("db-1")) {
    CHECK(message.find("Disabled") == std::string::npos);
    CHECK(message.find("being started") == std::string::npos);
    CHECK(message.find("modification") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseEvents: continues a page after its last event") {
  create_available("db-1");
  for (int i = 0; i < 230; ++i) set_parameter("db-1", "max_connections", "50", "immediate");
  json input = lasting("db-1", 60);
  const json first = call(action, input);
  CHECK(first["relationalDatabaseEvents"].size() == 200);
  advance(seconds(1));
  set_parameter("db-1", "max_connections", "51", "immediate");
  input["pageToken"] = first["nextPageToken"];
  const json second = call(action, input);
  REQUIRE(second["relationalDatabaseEvents"].size() == 34);
  CHECK(second["relationalDatabaseEvents"].back()["message"] ==
        "Updated parameter max_connections to 51 with apply method immediate");
  CHECK(!second.contains("nextPageToken"));
  input["pageToken"] = "x";
  CHECK(refused(action, input).message == "The page token is invalid: x");
  create_available("db-2");
  input = lasting("db-2", 60);
  input["pageToken"] = first["nextPageToken"];
  CHECK(refused(action, input).code == "InvalidParams");
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseEvents: removes old events but keeps the last start") {
  create_available("db-1");
  set_parameter("db-1", "performance_schema", "1", "pending-reboot");
  advance(days(1));
  act("RebootRelationalDatabase", "db-1");
  CHECK(database("db-1")["parameterApplyStatus"] == "pending-reboot");
  advance(days(20));
  json six = json::array();  // one event each
  for (const char* name : {"interactive_timeout", "lock_wait_timeout", "max_connections",
                           "net_read_timeout", "net_write_timeout", "wait_timeout"}) {
    six.push_back(
        {{"parameterName", name}, {"parameterValue", "50"}, {"applyMethod", "immediate"}});
  }
  for (int i = 0; i < 100; ++i) {
    call("UpdateRelationalDatabaseParameters",
         {{"relationalDatabaseName", "db-1"}, {"parameters", six}});
  }
  advance(minutes(1));
  const Resource stored = account().store.get("us-east-1", "RelationalDatabase", "db-1");
  CHECK(stored.internal["events"].size() == 501);
  CHECK(database("db-1")["parameterApplyStatus"] == "in-sync");
}

TEST_CASE("GetRelationalDatabaseEvents: keeps the order of events with the instant profile") {
  Databases instant("instant");
  instant.create("db-1");
  CHECK(instant.events("db-1") == Messages{"0 Relational Database created",
                                           "0 Backing up Relational Database",
                                           "0 Finished Relational Database backup"});
}

}  // namespace papersail
