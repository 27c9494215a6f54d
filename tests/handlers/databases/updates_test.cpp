#include "tests/handlers/databases/databases.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: returns one operation with empty details") {
  create_available("db-1");
  const json operations = update("db-1", {{"publiclyAccessible", true}});
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "UpdateRelationalDatabase");
  CHECK(operations[0]["resourceName"] == "db-1");
  CHECK(operations[0]["resourceType"] == "RelationalDatabase");
  CHECK(operations[0]["location"]["availabilityZone"] == "us-east-1a");
  CHECK(operations[0]["operationDetails"] == "");
  CHECK(operations[0]["status"] == "Started");
}

TEST_CASE_FIXTURE(
    Databases,
    "UpdateRelationalDatabase: changes public access at once and passes through modifying") {
  create_available("db-1");
  const json id = update("db-1", {{"publiclyAccessible", true}})[0]["id"];
  CHECK(database("db-1")["publiclyAccessible"] == true);
  CHECK(database("db-1")["state"] == "modifying");
  advance(while_modifying - 1);
  CHECK(database("db-1")["state"] == "modifying");
  CHECK(operation(id)["status"] == "Started");
  advance(1);
  CHECK(database("db-1")["state"] == "available");
  CHECK(operation(id)["status"] == "Succeeded");
  update("db-1", {{"publiclyAccessible", false}});
  CHECK(database("db-1")["publiclyAccessible"] == false);
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: completes at once when nothing changes") {
  create_available("db-1");
  const json before = database("db-1");
  for (const json& changes :
       {json::object(), json({{"publiclyAccessible", false}}),
        json({{"enableBackupRetention", true}}), json({{"applyImmediately", true}}),
        json({{"relationalDatabaseBlueprintId", "mysql_8_0"}, {"applyImmediately", true}})}) {
    CHECK(update("db-1", changes)[0]["status"] == "Succeeded");
    CHECK(database("db-1") == before);
  }
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: changes backup retention in the maintenance window") {
  create_available("db-1");
  const json operations = update("db-1", {{"disableBackupRetention", true}});
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(operations[0]["isTerminal"] == true);
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
  CHECK(call("GetRelationalDatabases")["relationalDatabases"][0] == database("db-1"));

  advance(first_maintenance - now() - 1);
  CHECK(database("db-1")["state"] == "available");
  advance(1);
  CHECK(database("db-1")["state"] == "modifying");
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
  advance(while_modifying - 1);
  CHECK(database("db-1")["state"] == "modifying");
  advance(1);
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
  CHECK(database("db-1")["pendingModifiedValues"] == json::object());
  CHECK(!database("db-1").contains("latestRestorableTime"));
  CHECK(!account().store.find("us-east-1", "db-1")->internal.contains("waiting"));
  advance(days(7));
  CHECK(database("db-1")["state"] == "available");  // nothing is pending for the next window

  update("db-1", {{"enableBackupRetention", true}});
  advance(days(8));
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  CHECK(database("db-1").contains("latestRestorableTime"));
}

TEST_CASE_FIXTURE(
    Databases, "UpdateRelationalDatabase: changes backup retention at once with applyImmediately") {
  create_available("db-1");
  const json operations =
      update("db-1", {{"disableBackupRetention", true}, {"applyImmediately", true}});
  CHECK(operations[0]["status"] == "Started");
  CHECK(database("db-1")["state"] == "modifying");
  advance(while_modifying);
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
  CHECK(database("db-1")["pendingModifiedValues"] == json::object());
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: applies all pending changes with applyImmediately") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  update("db-1", {{"caCertificateIdentifier", "rds-ca-ecc384-g1"}, {"applyImmediately", true}});
  advance(while_modifying);
  CHECK(database("db-1")["caCertificateIdentifier"] == "rds-ca-ecc384-g1");
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
  advance(first_maintenance - now() + 1);
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(
    Databases, "UpdateRelationalDatabase: replaces pending changes with those of a later update") {
  create_available("db-1");
  update("db-1",
         {{"disableBackupRetention", true}, {"relationalDatabaseBlueprintId", "mysql_8_4"}});
  update("db-1", {{"enableBackupRetention", true}});
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"engineVersion", "8.4.6"}}));
  update("db-1", {{"relationalDatabaseBlueprintId", "mysql_8_0"}});
  CHECK(database("db-1")["pendingModifiedValues"] == json::object());
  advance(first_maintenance - now());
  CHECK(database("db-1")["state"] == "available");
  advance(days(7));
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  CHECK(database("db-1")["relationalDatabaseBlueprintId"] == "mysql_8_0");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: moves pending changes to a new maintenance window") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  update("db-1", {{"preferredMaintenanceWindow", "fri:20:00-fri:20:30"}});
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
  advance(test_start + days(1) + hours(20) - now());
  CHECK(database("db-1")["state"] == "modifying");
  advance(while_modifying);
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
  advance(first_maintenance - now());
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: waits for the next window when one is open") {
  create_available("db-1");
  advance(first_maintenance - now());
  update("db-1", {{"disableBackupRetention", true}});
  advance(minutes(20));
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  advance(days(7));
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: changes the certificate in the maintenance window") {
  create_available("db-1");
  update("db-1", {{"caCertificateIdentifier", "rds-ca-rsa4096-g1"}});
  CHECK(database("db-1")["caCertificateIdentifier"] == "rds-ca-rsa2048-g1");
  CHECK(database("db-1")["pendingModifiedValues"] ==
        json::object());  // it has no member for a certificate
  advance(first_maintenance + while_modifying - now());
  CHECK(database("db-1")["caCertificateIdentifier"] == "rds-ca-rsa4096-g1");
  const Refused refusal = update_refused("db-1", {{"caCertificateIdentifier", "rds-ca-2015"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "The caCertificateIdentifier is not valid: rds-ca-2015");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: shows a pending certificate as a maintenance action") {
  create_available("db-1");
  update("db-1", {{"caCertificateIdentifier", "rds-ca-rsa4096-g1"}});
  const json action = {{"action", "ca-certificate-rotation"},
                       {"description", "Rotation of the CA certificate"},
                       {"currentApplyDate", timestamp(first_maintenance)}};
  CHECK(database("db-1")["pendingMaintenanceActions"] == json::array({action}));
  update("db-1", {{"preferredMaintenanceWindow", "fri:20:00-fri:20:30"}});
  CHECK(database("db-1")["pendingMaintenanceActions"][0]["currentApplyDate"] ==
        timestamp(test_start + days(1) + hours(20)));
  advance(while_modifying);
  update("db-1", {{"caCertificateIdentifier", "rds-ca-rsa2048-g1"}});
  CHECK(database("db-1")["pendingMaintenanceActions"] == json::array());
  update("db-1", {{"caCertificateIdentifier", "rds-ca-rsa4096-g1"}, {"applyImmediately", true}});
  CHECK(database("db-1")["pendingMaintenanceActions"].size() == 1);
  advance(while_modifying);
  CHECK(database("db-1")["pendingMaintenanceActions"] == json::array());
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: passes through upgrading in an upgrade") {
  create_available("db-1");
  const json operations =
      update("db-1", {{"relationalDatabaseBlueprintId", "mysql_8_4"}, {"applyImmediately", true}});
  CHECK(operations[0]["status"] == "Started");
  CHECK(database("db-1")["state"] == "upgrading");
  CHECK(database("db-1")["engineVersion"] == "8.0.43");
  CHECK(database("db-1")["relationalDatabaseBlueprintId"] == "mysql_8_0");
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"engineVersion", "8.4.6"}}));
  advance(while_upgrading);
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["engineVersion"] == "8.4.6");
  CHECK(database("db-1")["relationalDatabaseBlueprintId"] == "mysql_8_4");
  CHECK(database("db-1")["pendingModifiedValues"] == json::object());
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: upgrades in the maintenance window") {
  create_available("db-1", {{"relationalDatabaseBlueprintId", "postgres_14"}});
  update("db-1", {{"relationalDatabaseBlueprintId", "postgres_17"}});
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"engineVersion", "17.11"}}));
  advance(first_maintenance - now());
  CHECK(database("db-1")["state"] == "upgrading");
  CHECK(database("db-1")["engineVersion"] == "14.19");
  advance(while_upgrading);
  CHECK(database("db-1")["state"] == "available");
  CHECK(database("db-1")["engineVersion"] == "17.11");
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: refuses a downgrade and another engine") {
  create_available("mysql", {{"relationalDatabaseBlueprintId", "mysql_8_4"}});
  create_available("postgres", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  const auto message = [this](const char* name, const char* id) {
    const Refused refusal = update_refused(name, {{"relationalDatabaseBlueprintId", id}});
    CHECK(refusal.type != "OperationFailureException");
    return refusal.message;
  };
  CHECK(message("mysql", "mysql_8_0") ==
        "You can only upgrade the database to a later version of mysql. The current blueprint of "
        "your database is: mysql_8_4");
  CHECK(message("mysql", "postgres_18") == message("mysql", "mysql_8_0"));
  CHECK(message("postgres", "postgres_15") ==
        "You can only upgrade the database to a later version of postgres. The current blueprint "
        "of your database is: postgres_16");
  CHECK(message("postgres", "postgres_11") ==
        "The specified blueprint does not exist in this region: postgres_11");
  CHECK(message("postgres", "postgres_99") ==
        "The specified blueprint does not exist in this region: postgres_99");
  CHECK(database("postgres")["pendingModifiedValues"].empty());
}

TEST_CASE_FIXTURE(
    Databases,
    "UpdateRelationalDatabase: refuses to enable and disable backup retention together") {
  create_available("db-1");
  const Refused refusal =
      update_refused("db-1", {{"enableBackupRetention", true}, {"disableBackupRetention", true}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "You can't use enableBackupRetention and disableBackupRetention together.");
  update("db-1", {{"enableBackupRetention", false}, {"disableBackupRetention", true}});
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: refuses a database that is not available") {
  create("db-1");
  const auto state_refused = [this](const std::string& state) {
    CHECK(database("db-1")["state"] == state);
    const json before = database("db-1");
    const Refused refusal = update_refused("db-1", {{"publiclyAccessible", true}});
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.code == "OperationFailed");
    CHECK(refusal.message == "Sorry, you can't update a relational database in " + state +
                                 " state; please try again later");
    CHECK(database("db-1") == before);
  };
  state_refused("creating");
  advance(seconds(600));
  state_refused("backing-up");
  advance(seconds(103));
  update("db-1", {{"rotateMasterUserPassword", true}});
  state_refused("modifying");
  advance(while_modifying);
  call("DeleteRelationalDatabase", {{"relationalDatabaseName", "db-1"}});
  state_refused("deleting");
  CHECK(update_refused("db-2", {}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(
    Databases,
    "UpdateRelationalDatabase: keeps everything, also pending changes, when it refuses a call") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  const auto sequence = account().store.ids().sequence();
  update_refused("db-1", {{"rotateMasterUserPassword", true},
                          {"publiclyAccessible", true},
                          {"caCertificateIdentifier", "none"}});
  CHECK(account().store.ids().sequence() == sequence);
  CHECK(database("db-1")["publiclyAccessible"] == false);
  CHECK(password("db-1", "PENDING") == "");
  advance(first_maintenance + while_modifying - now());
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: does not change the database of another region") {
  create_available("db-1");
  act_as("test", "eu-west-1");
  create_available("db-1", {{"availabilityZone", "eu-west-1a"}});
  update("db-1", {{"publiclyAccessible", true}, {"disableBackupRetention", true}});
  advance(days(8));
  CHECK(database("db-1")["backupRetentionEnabled"] == false);
  act_as("test");
  CHECK(database("db-1")["publiclyAccessible"] == false);
  CHECK(database("db-1")["backupRetentionEnabled"] == true);
  CHECK(database("db-1")["pendingModifiedValues"].empty());
}

}  // namespace papersail
