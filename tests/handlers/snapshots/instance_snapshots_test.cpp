#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {

TEST_CASE_FIXTURE(
    Snapshots,
    "CreateInstanceSnapshot: returns two operations that last until the snapshot is available") {
  const json operations =
      call("CreateInstanceSnapshot",
           {{"instanceName", "web"}, {"instanceSnapshotName", "web-1"}})["operations"];
  REQUIRE(operations.size() == 2);
  CHECK(operations[0]["resourceName"] == "web-1");
  CHECK(operations[0]["resourceType"] == "InstanceSnapshot");
  CHECK(operations[0]["operationDetails"] == "web");
  CHECK(operations[0]["location"] ==
        json({{"availabilityZone", "all"}, {"regionName", "us-east-1"}}));
  CHECK(operations[1]["resourceName"] == "web");
  CHECK(operations[1]["resourceType"] == "Instance");
  CHECK(operations[1]["operationDetails"] == "web-1");
  CHECK(operations[1]["location"]["availabilityZone"] == "us-east-1a");
  for (const json& operation : operations) {
    CHECK(operation["operationType"] == "CreateInstanceSnapshot");
    CHECK(operation["status"] == "Started");
    CHECK(operation["createdAt"] == operations[0]["createdAt"]);
  }
  advance(of_instance - 1);
  CHECK(status(operations[1]) == "Started");
  CHECK(instance_snapshot("web-1")["state"] == "pending");
  advance(1);
  CHECK(status(operations[0]) == "Succeeded");
  CHECK(status(operations[1]) == "Succeeded");
  CHECK(instance_snapshot("web-1")["state"] == "available");
}

TEST_CASE_FIXTURE(Snapshots, "GetInstanceSnapshot: returns a document in the recorded form") {
  snapshot_instance("web", "web-1");
  json snapshot = instance_snapshot("web-1");
  const std::string arn = snapshot["arn"];
  CHECK(arn.starts_with("arn:aws:lightsail:us-east-1:000000000000:InstanceSnapshot/"));
  const std::string support = snapshot["supportCode"];
  CHECK(support.find("/ami-") == 12);
  snapshot.erase("arn");
  snapshot.erase("supportCode");
  CHECK(snapshot == json({{"name", "web-1"},
                          {"createdAt", static_cast<double>(now() - of_instance) / 1000},
                          {"location", {{"availabilityZone", "all"}, {"regionName", "us-east-1"}}},
                          {"resourceType", "InstanceSnapshot"},
                          {"tags", json::array()},
                          {"state", "available"},
                          {"fromAttachedDisks", json::array()},
                          {"fromInstanceName", "web"},
                          {"fromInstanceArn", instance("web")["arn"]},
                          {"fromBlueprintId", "ubuntu_24_04"},
                          {"fromBundleId", "small_3_0"},
                          {"isFromAutoSnapshot", false},
                          {"sizeInGb", 60}}));
}

TEST_CASE_FIXTURE(Snapshots, "CreateInstanceSnapshot: includes the attached disks as they were") {
  attach("data", "web", "/dev/xvdf");
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "web-1"}});
  const json attached = disk("data");
  call("TagResource", {{"resourceName", "data"}, {"tags", {{{"key", "later"}}}}});
  const json snapshot = instance_snapshot("web-1");
  CHECK(snapshot["sizeInGb"] == 92);
  CHECK(snapshot["fromAttachedDisks"] == json::array({attached}));
  CHECK(attached["path"] == "/dev/xvdf");
}

TEST_CASE_FIXTURE(Snapshots,
                  "CreateInstanceSnapshot: uses the tags of the call, not those of the instance") {
  call("TagResource", {{"resourceName", "web"}, {"tags", {{{"key", "of-the-instance"}}}}});
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "bare"}});
  CHECK(instance_snapshot("bare")["tags"].empty());
  const json tags = json::parse(R"([{"key": "no_delete"}])");
  call("CreateInstanceSnapshot",
       {{"instanceName", "web"}, {"instanceSnapshotName", "tagged"}, {"tags", tags}});
  CHECK(instance_snapshot("tagged")["tags"] == tags);
}

TEST_CASE_FIXTURE(
    Snapshots,
    "CreateInstanceSnapshot: refuses a pending instance and accepts a stopping or stopped one") {
  call("CreateInstances", {{"instanceNames", json::array({"new"})},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "ubuntu_24_04"},
                           {"bundleId", "nano_3_0"}});
  const Refused refusal = refused("CreateInstanceSnapshot",
                                  {{"instanceName", "new"}, {"instanceSnapshotName", "early"}});
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message ==
        "You can only create a snapshot of the instance when it is running or stopped. The "
        "current state of your instance is: pending");
  call("StopInstance", {{"instanceName", "web"}});
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "stopping"}});
  advance(seconds(30));
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "stopped"}});
  CHECK(call("GetInstanceSnapshots")["instanceSnapshots"].size() == 2);
}

TEST_CASE_FIXTURE(Snapshots, "CreateInstanceSnapshot: refuses unknown instances and used names") {
  CHECK(refused("CreateInstanceSnapshot",
                {{"instanceName", "nope"}, {"instanceSnapshotName", "web-1"}})
            .message == "The Instance does not exist: nope");
  CHECK(refused("CreateInstanceSnapshot",
                {{"instanceName", "data"}, {"instanceSnapshotName", "web-1"}})
            .type == "NotFoundException");
  const Refused taken = refused("CreateInstanceSnapshot",
                                {{"instanceName", "web"}, {"instanceSnapshotName", "data"}});
  CHECK(taken.type == "InvalidInputException");
  CHECK(taken.code == "NameExists");
  CHECK(taken.message == "Some names are already in use: data");
  CHECK(
      refused("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "a b"}})
          .type == "InvalidInputException");
}

TEST_CASE_FIXTURE(Snapshots, "GetInstanceSnapshots: returns the newest snapshot first") {
  for (const char* name : {"web-1", "web-2", "web-3"}) snapshot_instance("web", name);
  const json list = call("GetInstanceSnapshots")["instanceSnapshots"];
  REQUIRE(list.size() == 3);
  CHECK(list[0] == instance_snapshot("web-3"));
  CHECK(list[2] == instance_snapshot("web-1"));
}

TEST_CASE_FIXTURE(Snapshots, "DeleteInstanceSnapshot: completes at once in any state") {
  snapshot_instance("web", "web-1");
  const json name = {{"instanceSnapshotName", "web-1"}};
  const json operations = call("DeleteInstanceSnapshot", name)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteInstanceSnapshot");
  CHECK(operations[0]["resourceName"] == "web-1");
  CHECK(operations[0]["resourceType"] == "InstanceSnapshot");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  CHECK(refused("GetInstanceSnapshot", name).message ==
        "The InstanceSnapshot does not exist: web-1");
  CHECK(refused("DeleteInstanceSnapshot", name).type == "NotFoundException");
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "web-1"}});
  call("DeleteInstanceSnapshot", name);
  CHECK(call("GetInstanceSnapshots")["instanceSnapshots"].empty());
}

TEST_CASE_FIXTURE(Snapshots, "DeleteInstance: keeps manual snapshots") {
  snapshot_instance("web", "web-1");
  call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(instance_snapshot("web-1")["fromInstanceName"] == "web");
}

}  // namespace papersail
