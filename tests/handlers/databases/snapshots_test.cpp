#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

json by_snapshot(const std::string& name) {
  return {{"relationalDatabaseSnapshotName", name}};
}

}  // namespace

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabaseSnapshot: returns two operations in the recorded form") {
  create_available("db-1");
  const json operations = create_snapshot("db-1", "snap-1");
  REQUIRE(operations.size() == 2);
  const auto check = [&](int i, const char* name, const char* type, const char* zone,
                         const char* details) {
    CHECK(operations[i]["operationType"] == "CreateRelationalDatabaseSnapshot");
    CHECK(operations[i]["resourceName"] == name);
    CHECK(operations[i]["resourceType"] == type);
    CHECK(operations[i]["location"] ==
          json({{"availabilityZone", zone}, {"regionName", "us-east-1"}}));
    CHECK(operations[i]["operationDetails"] == details);
    CHECK(operations[i]["status"] == "Started");
    CHECK(operations[i]["isTerminal"] == false);
  };
  check(0, "snap-1", "RelationalDatabaseSnapshot", "all", "db-1");
  check(1, "db-1", "RelationalDatabase", "us-east-1a", "snap-1");
  CHECK(database("db-1")["state"] == "backing-up");
  CHECK(snapshot("snap-1")["state"] == "creating");
  advance(while_backing_up - 1);
  CHECK(operation(operations[1]["id"])["status"] == "Started");
  advance(1);
  CHECK(database("db-1")["state"] == "available");
  CHECK(snapshot("snap-1")["state"] == "available");
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseSnapshot: returns a document with all members") {
  create_available("db-1", {{"relationalDatabaseBlueprintId", "postgres_16"},
                            {"relationalDatabaseBundleId", "small_2_0"}});
  call("CreateRelationalDatabaseSnapshot",
       {{"relationalDatabaseName", "db-1"},
        {"relationalDatabaseSnapshotName", "snap-1"},
        {"tags", {{{"key", "env"}, {"value", "test"}}, {{"key", "bare"}}}}});
  json snapshot = this->snapshot("snap-1");
  CHECK(matches(snapshot["arn"],
                "arn:aws:lightsail:us-east-1:0{12}:RelationalDatabaseSnapshot/[0-9a-f-]{36}"));
  CHECK(matches(snapshot["supportCode"], "[0-9]{12}/ls-[0-9a-f]{40}"));
  snapshot.erase("arn");
  snapshot.erase("supportCode");
  CHECK(snapshot == json({{"name", "snap-1"},
                          {"createdAt", timestamp(test_start + until_available)},
                          {"location", {{"availabilityZone", "all"}, {"regionName", "us-east-1"}}},
                          {"resourceType", "RelationalDatabaseSnapshot"},
                          {"tags", {{{"key", "env"}, {"value", "test"}}, {{"key", "bare"}}}},
                          {"engine", "postgres"},
                          {"engineVersion", "16.10"},
                          {"sizeInGb", 80},
                          {"state", "creating"},
                          {"fromRelationalDatabaseName", "db-1"},
                          {"fromRelationalDatabaseArn", database("db-1")["arn"]},
                          {"fromRelationalDatabaseBundleId", "small_2_0"},
                          {"fromRelationalDatabaseBlueprintId", "postgres_16"}}));
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseSnapshots: returns the region's snapshots, newest first") {
  create_available("db-1");
  create_snapshot("db-1", "snap-1");
  advance(while_backing_up);
  create_snapshot("db-1", "snap-2");
  const json list = call("GetRelationalDatabaseSnapshots");
  REQUIRE(list["relationalDatabaseSnapshots"].size() == 2);
  CHECK(list["relationalDatabaseSnapshots"][0] == snapshot("snap-2"));
  CHECK(list["relationalDatabaseSnapshots"][1] == snapshot("snap-1"));
  CHECK(!list.contains("nextPageToken"));
  act_as("test", "eu-west-1");
  CHECK(call("GetRelationalDatabaseSnapshots")["relationalDatabaseSnapshots"].empty());
  CHECK(refused("GetRelationalDatabaseSnapshot", by_snapshot("snap-1")).message ==
        "The RelationalDatabaseSnapshot does not exist: snap-1");
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabaseSnapshot: refuses a database that is not available") {
  create("db-1");
  const json input = {{"relationalDatabaseName", "db-1"},
                      {"relationalDatabaseSnapshotName", "snap-1"}};
  const Refused refusal = refused("CreateRelationalDatabaseSnapshot", input);
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.code == "OperationFailed");
  CHECK(refusal.message ==
        "Sorry, you can't create a snapshot of a relational database in creating state; please try "
        "again later");
  CHECK(refused("GetRelationalDatabaseSnapshot", by_snapshot("snap-1")).type ==
        "NotFoundException");
  advance(until_available);
  create_snapshot("db-1", "snap-0");
  CHECK(refused("CreateRelationalDatabaseSnapshot", input).message ==
        "Sorry, you can't create a snapshot of a relational database in backing-up state; please "
        "try again later");
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabaseSnapshot: refuses invalid and used names") {
  create_available("db-1");
  const auto with = [this](const char* database, const char* name) {
    return refused("CreateRelationalDatabaseSnapshot", {{"relationalDatabaseName", database},
                                                        {"relationalDatabaseSnapshotName", name}});
  };
  CHECK(with("db-1", "snap_1").message.starts_with("snap_1 is not a valid database name."));
  CHECK(with("db-1", "db-1").code == "NameExists");
  CHECK(with("db-1", "db-1").message == "Some names are already in use: db-1");
  CHECK(with("db-2", "snap-1").message == "The RelationalDatabase does not exist: db-2");
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabaseSnapshot: returns one completed operation") {
  create_available("db-1");
  create_snapshot("db-1", "snap-1");
  advance(while_backing_up);
  const json operations =
      call("DeleteRelationalDatabaseSnapshot", by_snapshot("snap-1"))["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteRelationalDatabaseSnapshot");
  CHECK(operations[0]["resourceName"] == "snap-1");
  CHECK(operations[0]["resourceType"] == "RelationalDatabaseSnapshot");
  CHECK(operations[0]["location"]["availabilityZone"] == "all");
  CHECK(!operations[0].contains("operationDetails"));
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(operations[0]["isTerminal"] == true);
  for (const char* action : {"GetRelationalDatabaseSnapshot", "DeleteRelationalDatabaseSnapshot"}) {
    const Refused refusal = refused(action, by_snapshot("snap-1"));
    CHECK(refusal.type == "NotFoundException");
    CHECK(refusal.code == "DoesNotExist");
  }
  create_snapshot("db-1", "snap-1");  // the name is free
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabaseSnapshot: refuses an unfinished snapshot") {
  create_available("db-1");
  create_snapshot("db-1", "snap-1");
  const Refused refusal = refused("DeleteRelationalDatabaseSnapshot", by_snapshot("snap-1"));
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message ==
        "Sorry, you can't delete a relational database snapshot in creating state; please try "
        "again later");
  CHECK(refused("DeleteRelationalDatabaseSnapshot", by_snapshot("db-1")).type ==
        "NotFoundException");
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabase: keeps the database's snapshots") {
  create_available("db-1");
  create_snapshot("db-1", "snap-1");
  advance(while_backing_up);
  const json before = snapshot("snap-1");
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}});
  advance(hours(1));
  CHECK(snapshot("snap-1") == before);
}

}  // namespace papersail
