#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

const char* const action = "CreateRelationalDatabaseFromSnapshot";

class Restores : public Databases {
 public:
  using Databases::Databases;

  // Returns the input that restores "snap-1" to "db-2", patched with `changes`.
  static json from_snapshot(const json& changes = json::object()) {
    json out = {{"relationalDatabaseName", "db-2"}, {"relationalDatabaseSnapshotName", "snap-1"}};
    out.merge_patch(changes);
    return out;
  }
  static json from_database(const json& changes) {
    json out = {{"relationalDatabaseName", "db-2"}, {"sourceRelationalDatabaseName", "db-1"}};
    out.merge_patch(changes);
    return out;
  }
  void snapshot_of(const json& database = json::object()) {
    create_available("db-1", database);
    create_snapshot("db-1", "snap-1");
    advance(while_backing_up);
  }
  std::string message(const json& input) {
    const Refused refusal = refused(action, input);
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    return refusal.message;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Restores, "CreateRelationalDatabaseFromSnapshot: returns one Started operation") {
  snapshot_of();
  const json operations = call(action, from_snapshot())["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "CreateRelationalDatabaseFromSnapshot");
  CHECK(operations[0]["resourceName"] == "db-2");
  CHECK(operations[0]["resourceType"] == "RelationalDatabase");
  CHECK(!operations[0].contains("operationDetails"));
  CHECK(operations[0]["status"] == "Started");
  CHECK(database("db-2")["state"] == "creating");
  advance(until_available);
  CHECK(database("db-2")["state"] == "available");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
}

TEST_CASE_FIXTURE(
    Restores,
    "CreateRelationalDatabaseFromSnapshot: copies the settings of the source, not its identity") {
  snapshot_of({{"relationalDatabaseBlueprintId", "postgres_16"},
               {"relationalDatabaseBundleId", "small_2_0"},
               {"masterUsername", "keeper"},
               {"masterDatabaseName", "shop"},
               {"masterUserPassword", "first-one"},
               {"publiclyAccessible", true}});
  update("db-1", {{"masterUserPassword", "second-one"}});
  advance(hours(1));
  call(action, from_snapshot({{"availabilityZone", "us-east-1b"},
                              {"tags", {{{"key", "env"}, {"value", "test"}}}}}));
  const json made = database("db-2"), source = database("db-1");
  for (const char* same :
       {"relationalDatabaseBlueprintId", "relationalDatabaseBundleId", "masterUsername",
        "masterDatabaseName", "engine", "engineVersion", "hardware", "backupRetentionEnabled"}) {
    CHECK(made[same] == source[same]);
  }
  for (const char* other : {"name", "arn", "supportCode", "location", "tags"}) {
    CHECK(made[other] != source[other]);
  }
  CHECK(made["publiclyAccessible"] == false);
  CHECK(made["location"]["availabilityZone"] == "us-east-1b");
  CHECK(password("db-2") == "first-one");  // the password at the time of the snapshot
  advance(until_available);
  CHECK(database("db-2")["masterEndpoint"]["port"] == 5432);
  CHECK(events("db-2") == std::vector<std::string>{"5006 Restored from snapshot snap-1",
                                                   "5006 Relational Database created",
                                                   "5006 Backing up Relational Database",
                                                   "5109 Finished Relational Database backup"});
}

TEST_CASE_FIXTURE(Restores, "CreateRelationalDatabaseFromSnapshot: refuses a smaller bundle") {
  snapshot_of();
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/snap-1",
          {{"fromRelationalDatabaseBundleId", "medium_1_0"}});
  const auto with = [](const char* bundle) {
    return from_snapshot({{"relationalDatabaseBundleId", bundle}});
  };
  CHECK(message(with("small_2_0")) ==
        "The bundle cannot be smaller than that of the source database, medium_1_0: small_2_0");
  CHECK(message(with("small_ha_2_0")).starts_with("The bundle cannot be smaller"));
  for (const std::string id : {"nano_2_0", "large_1_0"}) {
    CHECK(refused(action, with(id.c_str())).message ==
          "The specified bundle does not exist in this region: " + id);
  }
  call(action, with("large_ha_2_0"));
  CHECK(database("db-2")["hardware"]["diskSizeInGb"] == 240);
  CHECK(database("db-2").contains("secondaryAvailabilityZone"));
}

TEST_CASE_FIXTURE(Restores,
                  "CreateRelationalDatabaseFromSnapshot: keeps an inactive bundle of the source") {
  snapshot_of();
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/snap-1",
          {{"fromRelationalDatabaseBundleId", "micro_1_0"}});
  call(action, from_snapshot({{"relationalDatabaseBundleId", nullptr}}));
  CHECK(database("db-2")["relationalDatabaseBundleId"] == "micro_1_0");
}

TEST_CASE_FIXTURE(Restores,
                  "CreateRelationalDatabaseFromSnapshot: refuses a zone for high availability") {
  snapshot_of({{"relationalDatabaseBundleId", "micro_ha_2_0"}, {"availabilityZone", nullptr}});
  CHECK(message(from_snapshot({{"availabilityZone", "us-east-1a"}})) ==
        "Requesting a specific availability zone is not valid for Multi-AZ instances.");
  call(action, from_snapshot({{"availabilityZone", "us-east-1a"},
                              {"relationalDatabaseBundleId", "micro_2_0"}}));
  CHECK(!database("db-2").contains("secondaryAvailabilityZone"));
}

TEST_CASE_FIXTURE(
    Restores,
    "CreateRelationalDatabaseFromSnapshot: refuses unusable snapshots and invalid names") {
  create_available("db-1");
  CHECK(refused(action, from_snapshot()).message ==
        "The RelationalDatabaseSnapshot does not exist: snap-1");
  create_snapshot("db-1", "snap-1");
  const Refused refusal = refused(action, from_snapshot());
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message ==
        "Sorry, you can't restore a relational database snapshot in creating state; please try "
        "again later");
  advance(while_backing_up);
  const Refused taken = refused(action, from_snapshot({{"relationalDatabaseName", "db-1"}}));
  CHECK(taken.code == "NameExists");
  const Refused invalid = refused(action, from_snapshot({{"relationalDatabaseName", "db_2"}}));
  CHECK(invalid.code == "InvalidResourceName");
  CHECK(invalid.message.starts_with("db_2 is not a valid database name."));
}

TEST_CASE_FIXTURE(
    Restores, "CreateRelationalDatabaseFromSnapshot: refuses calls without exactly one source") {
  snapshot_of();
  const std::string one =
      "You must specify either relationalDatabaseSnapshotName or sourceRelationalDatabaseName.";
  CHECK(message(from_snapshot({{"sourceRelationalDatabaseName", "db-1"}})) == one);
  CHECK(message(by_name("db-2")) == one);
  const std::string when =
      "You can use restoreTime and useLatestRestorableTime only with sourceRelationalDatabaseName.";
  CHECK(message(from_snapshot({{"restoreTime", timestamp(now())}})) == when);
  CHECK(message(from_snapshot({{"useLatestRestorableTime", true}})) == when);
  const std::string moment = "You must specify either restoreTime or useLatestRestorableTime.";
  CHECK(message(from_database(json::object())) == moment);
  CHECK(message(from_database(
            {{"restoreTime", timestamp(now())}, {"useLatestRestorableTime", true}})) == moment);
}

TEST_CASE_FIXTURE(Restores, "CreateRelationalDatabaseFromSnapshot: restores to the latest time") {
  create_available("db-1");
  advance(hours(1));
  const json operations =
      call(action, from_database({{"useLatestRestorableTime", true}}))["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "CreateRelationalDatabaseFromSnapshot");
  advance(until_available);
  CHECK(database("db-2")["state"] == "available");
  CHECK(events("db-2")[0] == "4903 Restored from Relational Database db-1 to 2026-01-01T01:10:00Z");
}

TEST_CASE_FIXTURE(
    Restores, "CreateRelationalDatabaseFromSnapshot: refuses times outside the restorable range") {
  create_available("db-1", {{"masterUserPassword", "first-one"}});
  advance(hours(1));
  const auto at = [](Millis moment) { return from_database({{"restoreTime", timestamp(moment)}}); };
  const std::string range =
      "The restoreTime must be between 2026-01-01T00:10:00Z and 2026-01-01T01:10:00Z.";
  CHECK(message(at(test_start + minutes(10) - 1)) == range);
  CHECK(message(at(test_start + minutes(70) + 1)) == range);
  update("db-1", {{"masterUserPassword", "second-one"}});
  advance(minutes(10));
  json input = at(test_start + minutes(10));
  call(action, input);
  CHECK(password("db-2") == "first-one");
  input["relationalDatabaseName"] = "db-3";
  input["restoreTime"] = timestamp(test_start + minutes(80));
  call(action, input);
  CHECK(password("db-3") == "second-one");
  advance(days(9));
  CHECK(message(at(test_start + hours(1))) ==  // the range begins seven days ago
        "The restoreTime must be between 2026-01-03T01:21:43Z and 2026-01-10T01:20:00Z.");
}

TEST_CASE_FIXTURE(Restores,
                  "CreateRelationalDatabaseFromSnapshot: refuses a database without backups") {
  create("db-1");
  const json latest = from_database({{"useLatestRestorableTime", true}});
  const Refused refusal = refused(action, latest);
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message == "There are no backups of the database to restore from: db-1");
  advance(until_available);
  update("db-1", {{"disableBackupRetention", true}, {"applyImmediately", true}});
  advance(while_modifying);
  CHECK(refused(action, latest).message == refusal.message);
  CHECK(refused(action, from_database({{"sourceRelationalDatabaseName", "db-0"},
                                       {"useLatestRestorableTime", true}}))
            .message == "The RelationalDatabase does not exist: db-0");
}

TEST_CASE_FIXTURE(Restores,
                  "CreateRelationalDatabaseFromSnapshot: restores from a stopped database") {
  create_available("db-1");
  advance(hours(1));
  act("StopRelationalDatabase", "db-1");
  advance(days(1));
  // The latest restorable time is that of the stop.
  CHECK(database("db-1")["latestRestorableTime"] == timestamp(test_start + minutes(70)));
  call(action, from_database({{"restoreTime", timestamp(test_start + minutes(70))}}));
}

}  // namespace papersail
