#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

constexpr Millis longest_stop = days(7);

}  // namespace

TEST_CASE_FIXTURE(Databases,
                  "StopRelationalDatabase: returns one operation and passes through stopping") {
  create_available("db-1");
  const json operations = act("StopRelationalDatabase", "db-1");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "StopRelationalDatabase");
  CHECK(operations[0]["resourceName"] == "db-1");
  CHECK(operations[0]["resourceType"] == "RelationalDatabase");
  CHECK(operations[0]["location"]["availabilityZone"] == "us-east-1a");
  CHECK(!operations[0].contains("operationDetails"));
  CHECK(operations[0]["status"] == "Started");
  CHECK(database("db-1")["state"] == "stopping");
  advance(while_stopping - 1);
  CHECK(database("db-1")["state"] == "stopping");
  CHECK(operation(operations[0]["id"])["status"] == "Started");
  advance(1);
  CHECK(database("db-1")["state"] == "stopped");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  CHECK(operation(operations[0]["id"])["statusChangedAt"] == timestamp(now()));
}

TEST_CASE_FIXTURE(Databases, "StopRelationalDatabase: returns three operations with a snapshot") {
  create_available("db-1");
  const json operations =
      call("StopRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                      {"relationalDatabaseSnapshotName", "snap-1"}})["operations"];
  REQUIRE(operations.size() == 3);
  CHECK(operations[0]["operationType"] == "StopRelationalDatabase");
  CHECK(operations[1]["operationType"] == "CreateRelationalDatabaseSnapshot");
  CHECK(operations[1]["resourceName"] == "db-1");
  CHECK(operations[1]["operationDetails"] == "snap-1");
  CHECK(operations[2]["resourceName"] == "snap-1");
  CHECK(operations[2]["operationDetails"] == "db-1");
  CHECK(snapshot("snap-1")["state"] == "creating");
  advance(while_stopping);
  CHECK(database("db-1")["state"] == "stopped");
  CHECK(snapshot("snap-1")["state"] == "available");
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
  act("StartRelationalDatabase", "db-1");
  advance(while_starting);
  const Refused refusal =
      refused("StopRelationalDatabase",
              {{"relationalDatabaseName", "db-1"}, {"relationalDatabaseSnapshotName", "snap-1"}});
  CHECK(refusal.code == "NameExists");
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(Databases, "StartRelationalDatabase: passes through starting to available") {
  create_available("db-1");
  act("StopRelationalDatabase", "db-1");
  advance(hours(5));
  const json operations = act("StartRelationalDatabase", "db-1");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "StartRelationalDatabase");
  CHECK(operations[0]["status"] == "Started");
  CHECK(!operations[0].contains("operationDetails"));
  CHECK(database("db-1")["state"] == "starting");
  advance(while_starting);
  CHECK(database("db-1")["state"] == "available");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  advance(longest_stop);
  CHECK(database("db-1")["state"] == "available");  // the forced start is cancelled
}

TEST_CASE_FIXTURE(Databases,
                  "StopRelationalDatabase: starts the database automatically after seven days") {
  create_available("db-1");
  const json operations = act("StopRelationalDatabase", "db-1");
  advance(while_stopping + longest_stop - 1);
  CHECK(database("db-1")["state"] == "stopped");
  CHECK(operation(operations[0]["id"])["statusChangedAt"] ==
        timestamp(test_start + until_available + while_stopping));
  advance(1);
  CHECK(database("db-1")["state"] == "starting");
  CHECK(call("GetOperationsForResource", {{"resourceName", "db-1"}})["operations"].size() == 2);
  advance(while_starting);
  CHECK(database("db-1")["state"] == "available");
  CHECK(events("db-1", 10) ==
        std::vector<std::string>{
            "605683 Relational Database is being started due to it exceeding the maximum allowed "
            "time being stopped",
            "605923 Relational Database started"});
  act("StopRelationalDatabase", "db-1");
  advance(longest_stop);
  CHECK(database("db-1")["state"] == "stopped");  // the seven days begin again
}

TEST_CASE_FIXTURE(Databases, "StopRelationalDatabase: keeps pending maintenance") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  advance(first_maintenance - now() - hours(1));
  act("StopRelationalDatabase", "db-1");
  advance(hours(2));  // the window has passed
  CHECK(database("db-1")["state"] == "stopped");
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
  act("StartRelationalDatabase", "db-1");
  advance(first_maintenance + days(7) - now());
  CHECK(database("db-1")["state"] == "modifying");
  advance(while_modifying);
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
}

TEST_CASE_FIXTURE(Databases,
                  "StopRelationalDatabase: runs pending maintenance after the forced start") {
  create_available("db-1");
  update("db-1", {{"caCertificateIdentifier", "rds-ca-ecc384-g1"}});
  act("StopRelationalDatabase", "db-1");
  advance(days(7) + hours(1));
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["caCertificateIdentifier"] == "rds-ca-rsa2048-g1");
  advance(first_maintenance + days(7) + while_modifying - now());
  CHECK(database("db-1")["caCertificateIdentifier"] == "rds-ca-ecc384-g1");
}

TEST_CASE_FIXTURE(Databases,
                  "RebootRelationalDatabase: returns empty details and passes through rebooting") {
  create_available("db-1");
  const json operations = act("RebootRelationalDatabase", "db-1");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "RebootRelationalDatabase");
  CHECK(operations[0]["operationDetails"] == "");
  CHECK(operations[0]["status"] == "Started");
  CHECK(database("db-1")["state"] == "rebooting");
  advance(while_rebooting);
  CHECK(database("db-1")["state"] == "available");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
}

TEST_CASE_FIXTURE(Databases, "RebootRelationalDatabase: keeps pending maintenance") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  act("RebootRelationalDatabase", "db-1");
  advance(first_maintenance + while_modifying - now());
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
}

TEST_CASE_FIXTURE(
    Databases,
    "Start-, Stop-, RebootRelationalDatabase: refuse a call that the state does not allow") {
  create("db-1");
  const auto message = [this](const char* action) {
    const json before = database("db-1");
    const Refused refusal = refused(action, by_name("db-1"));
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.code == "OperationFailed");
    CHECK(database("db-1") == before);
    return refusal.message;
  };
  const std::string later = " state; please try again later";
  CHECK(message("StartRelationalDatabase") ==
        "Sorry, you can't start a relational database in creating" + later);
  CHECK(message("StopRelationalDatabase") ==
        "Sorry, you can't stop a relational database in creating" + later);
  CHECK(message("RebootRelationalDatabase") ==
        "Sorry, you can't reboot a relational database in creating" + later);
  advance(until_available);
  CHECK(message("StartRelationalDatabase").ends_with(" in available" + later));
  act("StopRelationalDatabase", "db-1");
  CHECK(message("StartRelationalDatabase").ends_with(" in stopping" + later));
  advance(while_stopping);
  CHECK(message("StopRelationalDatabase").ends_with(" in stopped" + later));
  CHECK(message("RebootRelationalDatabase").ends_with(" in stopped" + later));
  CHECK(update_refused("db-1", {{"publiclyAccessible", true}})
            .message.ends_with(" in stopped" + later));
  for (const char* action :
       {"StartRelationalDatabase", "StopRelationalDatabase", "RebootRelationalDatabase"}) {
    CHECK(refused(action, by_name("db-2")).message ==
          "The RelationalDatabase does not exist: db-2");
  }
}

TEST_CASE_FIXTURE(Databases,
                  "DeleteRelationalDatabase: deletes a stopped database with a final snapshot") {
  create_available("db-1");
  act("StopRelationalDatabase", "db-1");
  advance(while_stopping);
  CHECK(act("DeleteRelationalDatabase", "db-1").size() == 3);
  advance(days(8));
  CHECK(refused("GetRelationalDatabase", by_name("db-1")).type == "NotFoundException");
}

}  // namespace papersail
