// Calls that are accepted and fail later.
#include <set>

#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

const std::string faults_path = "/_papersail/accounts/000000000000/faults";
const json out_of_room = {{"errorCode", "InsufficientCapacity"}, {"errorDetails", "No room."}};

struct Failing : Databases {
  using Databases::Databases;

  void fail(const std::string& action) {
    control("POST", faults_path, {{"action", action}, {"operation", out_of_room}, {"times", 1}});
  }
  // Makes a transition of the lifecycle fail.
  void fail_transition(json row) {
    row.update(out_of_room);
    control("PUT", "/_papersail/accounts/000000000000/lifecycle",
            {{"base", "realistic"}, {"transitions", json::array({row})}});
  }
  json launch(const std::string& name) {
    return call("CreateInstances", {{"instanceNames", json::array({name})},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "ubuntu_24_04"},
                                    {"bundleId", "nano_3_0"}})["operations"];
  }
  json web() { return call("GetInstance", {{"instanceName", "web"}})["instance"]; }
  std::string state() { return web()["state"]["name"]; }
  // Creates the instance "web" and waits until it runs.
  json running() {
    launch("web");
    advance(seconds(18));
    return web();
  }
};

void check_failed(const json& operation) {
  CHECK(operation.at("status") == "Failed");
  CHECK(operation.at("isTerminal") == true);
  CHECK(operation.at("errorCode") == "InsufficientCapacity");
  CHECK(operation.at("errorDetails") == "No room.");
}

}  // namespace

TEST_CASE_FIXTURE(Failing, "OperationEffect: starts a creation and fails it at its usual end") {
  fail("CreateInstances");
  const json started = launch("web")[0];
  CHECK(started.at("status") == "Started");
  CHECK(state() == "pending");
  advance(17899);
  CHECK(operation(started["id"]).at("status") == "Started");
  CHECK(state() == "pending");
  advance(1);
  check_failed(operation(started["id"]));
  CHECK(web()["state"] == json({{"code", 48}, {"name", "terminated"}}));
  advance(days(1));
  CHECK(state() == "terminated");
}

TEST_CASE_FIXTURE(Failing,
                  "OperationEffect: lets the next call succeed after the fault's last hit") {
  fail("CreateInstances");
  launch("web");
  const json second = launch("web-2")[0];
  advance(seconds(18));
  CHECK(operation(second["id"]).at("status") == "Succeeded");
  CHECK(call("GetInstance", {{"instanceName", "web-2"}})["instance"]["state"]["name"] == "running");
}

TEST_CASE_FIXTURE(Failing,
                  "OperationEffect: restores the resource's document when a transition fails") {
  const json before = running();
  fail("StopInstance");
  const json stop = call("StopInstance", {{"instanceName", "web"}})["operations"][0];
  CHECK(state() == "stopping");
  advance(seconds(30));
  check_failed(operation(stop["id"]));
  CHECK(web() == before);
  advance(days(1));
  CHECK(state() == "running");
  call("StopInstance", {{"instanceName", "web"}});
  advance(seconds(30));
  CHECK(state() == "stopped");
}

TEST_CASE_FIXTURE(Failing, "OperationEffect: fails and undoes an immediate operation at once") {
  const json before = running();
  fail("DeleteInstance");
  const json deletion = call("DeleteInstance", {{"instanceName", "web"}})["operations"][0];
  check_failed(deletion);
  check_failed(operation(deletion["id"]));
  CHECK(web() == before);
  fail("TagResource");
  check_failed(call(
      "TagResource",
      {{"resourceName", "web"}, {"tags", {{{"key", "team"}, {"value", "a"}}}}})["operations"][0]);
  CHECK(web() == before);
}

TEST_CASE_FIXTURE(Failing, "OperationEffect: does not reuse the ids of an undone call") {
  running();
  std::set<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    fail("RebootInstance");
    for (int j = 0; j < 2; ++j) {
      const json reboot = call("RebootInstance", {{"instanceName", "web"}})["operations"][0];
      CHECK(ids.insert(reboot["id"]).second);
    }
  }
  CHECK(call("GetOperationsForResource", {{"resourceName", "web"}})["operations"].size() == 11);
}

TEST_CASE_FIXTURE(Failing, "OperationEffect: sets a database to failed, or to available again") {
  fail("CreateRelationalDatabase");
  const json created = create("db-1");
  advance(until_available);
  check_failed(operation(created[0]["id"]));
  CHECK(database("db-1")["state"] == "failed");

  create_available("db-2");
  fail("DeleteRelationalDatabase");
  const json deletion = call("DeleteRelationalDatabase",
                             {{"relationalDatabaseName", "db-2"}, {"skipFinalSnapshot", true}});
  CHECK(database("db-2")["state"] == "deleting");
  advance(hours(1));
  check_failed(operation(deletion["operations"][0]["id"]));
  CHECK(database("db-2")["state"] == "available");
}

TEST_CASE("OperationEffect: fails operations in the instant profile too") {
  Failing emulator("instant");
  emulator.fail("CreateInstances");
  check_failed(emulator.launch("web")[0]);
  CHECK(emulator.state() == "terminated");
}

TEST_CASE_FIXTURE(Failing, "OperationEffect: does not affect reads, which start no operation") {
  running();
  fail("*");
  call("GetOperations");
  call("GetOperationsForResource", {{"resourceName", "web"}});
  CHECK(web()["name"] == "web");
  CHECK(control("GET", faults_path)["faults"][0]["matches"] == 0);
  const auto [status, message] = control_refused(
      "POST", faults_path, json({{"action", "GetOp*"}, {"operation", out_of_room}}).dump());
  CHECK(status == 400);
  CHECK(message == "No action that matches \"GetOp*\" begins an operation.");
}

TEST_CASE_FIXTURE(Failing,
                  "OperationEffect: uses a default code and details when the fault has none") {
  control("POST", faults_path, {{"action", "*"}, {"operation", json::object()}});
  const json failed = launch("web")[0];
  advance(seconds(18));
  CHECK(operation(failed["id"]).at("errorCode") == "InternalFailure");
  CHECK(operation(failed["id"]).at("errorDetails") == "The operation failed.");
}

TEST_CASE_FIXTURE(Failing, "lifecycle: a failed DetachDisk leaves disk and instance as they were") {
  running();
  call("CreateDisk", {{"diskName", "data"}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", 8}});
  advance(seconds(5));
  call("AttachDisk", {{"diskName", "data"}, {"instanceName", "web"}, {"diskPath", "/dev/xvdf"}});
  call("StopInstance", {{"instanceName", "web"}});
  advance(minutes(1));
  const json disk = call("GetDisk", {{"diskName", "data"}}), before = web();
  fail_transition({{"type", "Disk"}, {"from", "detaching"}, {"after", 5}, {"to", "in-use"}});
  const json detachment = call("DetachDisk", {{"diskName", "data"}})["operations"];
  advance(minutes(1));
  check_failed(operation(detachment[0]["id"]));
  CHECK(call("GetDisk", {{"diskName", "data"}}) == disk);
  CHECK(web() == before);
}

TEST_CASE_FIXTURE(Failing, "lifecycle: a failed modification keeps the password of a database") {
  create_available("db-1");
  const json name = {{"relationalDatabaseName", "db-1"}};
  const json password = call("GetRelationalDatabaseMasterUserPassword", name);
  fail_transition(
      {{"type", "RelationalDatabase"}, {"from", "modifying"}, {"after", 90}, {"to", "available"}});
  call("UpdateRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                    {"masterUserPassword", "newpassword9"},
                                    {"applyImmediately", true}});
  advance(minutes(5));
  CHECK(call("GetRelationalDatabaseMasterUserPassword", name) == password);
  CHECK(database("db-1")["state"] == "available");
}

}  // namespace papersail
