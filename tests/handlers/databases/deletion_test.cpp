#include "tests/handlers/databases/databases.hpp"

namespace papersail {

TEST_CASE_FIXTURE(
    Databases,
    "DeleteRelationalDatabase: takes a final snapshot and returns three operations by default") {
  create_available("db-1");
  const json arn = database("db-1")["arn"];
  const std::string snapshot = "db-1-FinalSnapshot-" + std::to_string(now());
  const json operations = call("DeleteRelationalDatabase", by_name("db-1"))["operations"];
  REQUIRE(operations.size() == 3);
  const auto check = [&](int i, const char* type, const std::string& resource,
                         const char* resource_type, const char* zone, const json& details) {
    CHECK(operations[i]["operationType"] == type);
    CHECK(operations[i]["resourceName"] == resource);
    CHECK(operations[i]["resourceType"] == resource_type);
    CHECK(operations[i]["location"]["availabilityZone"] == zone);
    CHECK(operations[i].value("operationDetails", json()) == details);
    CHECK(operations[i]["status"] == "Started");
    CHECK(operations[i]["isTerminal"] == false);
  };
  check(0, "DeleteRelationalDatabase", "db-1", "RelationalDatabase", "us-east-1a", nullptr);
  check(1, "CreateRelationalDatabaseSnapshot", "db-1", "RelationalDatabase", "us-east-1a",
        snapshot);
  check(2, "CreateRelationalDatabaseSnapshot", snapshot, "RelationalDatabaseSnapshot", "all",
        "db-1");
  CHECK(database("db-1")["state"] == "deleting");
  CHECK(call("GetActiveNames")["activeNames"] == json::array({"db-1", snapshot}));

  advance(seconds(103));
  const auto stored = account().store.find("us-east-1", "RelationalDatabaseSnapshot", snapshot);
  REQUIRE(stored);
  CHECK(operation(operations[2]["id"])["status"] == "Succeeded");
  CHECK(operation(operations[0]["id"])["status"] == "Started");
  advance(seconds(17));
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
  CHECK(refused("GetRelationalDatabase", by_name("db-1")).type == "NotFoundException");
  CHECK(call("GetActiveNames")["activeNames"] == json::array({snapshot}));
  CHECK(call("GetOperationsForResource", {{"resourceName", snapshot}})["operations"].size() == 1);
  CHECK(call("GetOperationsForResource", {{"resourceName", "db-1"}})["operations"].size() == 3);

  json doc = account().store.find("us-east-1", snapshot)->doc.parsed();
  CHECK(matches(doc["arn"],
                "arn:aws:lightsail:us-east-1:0{12}:RelationalDatabaseSnapshot/[0-9a-f-]{36}"));
  CHECK(matches(doc["supportCode"], "[0-9]{12}/ls-[0-9a-f]{40}"));
  doc.erase("arn");
  doc.erase("supportCode");
  CHECK(doc == json({{"name", snapshot},
                     {"createdAt", timestamp(test_start + until_available)},
                     {"location", {{"availabilityZone", "all"}, {"regionName", "us-east-1"}}},
                     {"resourceType", "RelationalDatabaseSnapshot"},
                     {"tags", json::array()},
                     {"engine", "mysql"},
                     {"engineVersion", "8.0.43"},
                     {"sizeInGb", 40},
                     {"state", "available"},
                     {"fromRelationalDatabaseName", "db-1"},
                     {"fromRelationalDatabaseArn", arn},
                     {"fromRelationalDatabaseBundleId", "micro_2_0"},
                     {"fromRelationalDatabaseBlueprintId", "mysql_8_0"}}));
}

TEST_CASE_FIXTURE(Databases,
                  "DeleteRelationalDatabase: uses the given name for the final snapshot") {
  create_available("db-1");
  const json operations = call("DeleteRelationalDatabase",
                               {{"relationalDatabaseName", "db-1"},
                                {"finalRelationalDatabaseSnapshotName", "last"}})["operations"];
  REQUIRE(operations.size() == 3);
  CHECK(operations[2]["resourceName"] == "last");
  CHECK(account().store.find("us-east-1", "last")->doc["state"] == "creating");
}

TEST_CASE_FIXTURE(Databases,
                  "DeleteRelationalDatabase: returns one operation without a final snapshot") {
  create_available("db-1");
  const json operations =
      call("DeleteRelationalDatabase",
           {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}})["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteRelationalDatabase");
  CHECK(!operations[0].contains("operationDetails"));
  CHECK(operations[0]["status"] == "Started");
  CHECK(call("GetActiveNames")["activeNames"] == json::array({"db-1"}));
  advance(seconds(120));
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  CHECK(call("GetActiveNames")["activeNames"].empty());
  create("db-1");  // the name is free
}

TEST_CASE_FIXTURE(
    Databases, "DeleteRelationalDatabase: refuses skipFinalSnapshot with a name for the snapshot") {
  create_available("db-1");
  const Refused refusal =
      refused("DeleteRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                           {"skipFinalSnapshot", true},
                                           {"finalRelationalDatabaseSnapshotName", "last"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "InvalidParams");
  CHECK(refusal.message ==
        "You can't skip the final snapshot and give it a name: choose either skipFinalSnapshot or "
        "finalRelationalDatabaseSnapshotName.");
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(
    Databases, "DeleteRelationalDatabase: refuses invalid and used names for the final snapshot") {
  create_available("db-1");
  create_available("db-2");
  const auto with = [this](const char* name) {
    return refused("DeleteRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                                {"finalRelationalDatabaseSnapshotName", name}});
  };
  CHECK(with("last_1").message.starts_with("last_1 is not a valid database name."));
  CHECK(with("db-2").message == "Some names are already in use: db-2");
  CHECK(with("db-1").code == "NameExists");
  CHECK(database("db-1")["state"] == "available");
  CHECK(call("GetOperationsForResource", {{"resourceName", "db-1"}})["operations"].size() == 1);
}

TEST_CASE_FIXTURE(Databases,
                  "DeleteRelationalDatabase: refuses a call that the state does not allow") {
  create("db-1");
  const Refused creating = refused("DeleteRelationalDatabase", by_name("db-1"));
  CHECK(creating.type == "OperationFailureException");
  CHECK(creating.message ==
        "Sorry, you can't delete a relational database in creating state; please try again later");
  advance(until_available);
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}});
  const Refused deleting = refused("DeleteRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                                                {"skipFinalSnapshot", true}});
  CHECK(deleting.type == "OperationFailureException");
  CHECK(deleting.message ==
        "Sorry, you can't delete a relational database in deleting state; please try again later");
  advance(seconds(120));
  CHECK(refused("DeleteRelationalDatabase", by_name("db-1")).type == "NotFoundException");
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabase: discards pending maintenance") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  advance(first_maintenance - now() - seconds(60));
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}});
  advance(seconds(90));  // the window is open
  CHECK(database("db-1")["state"] == "deleting");
  advance(seconds(30));
  CHECK(refused("GetRelationalDatabase", by_name("db-1")).type == "NotFoundException");
}

}  // namespace papersail
