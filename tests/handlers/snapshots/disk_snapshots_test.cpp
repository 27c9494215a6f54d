#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Snapshots,
                  "CreateDiskSnapshot: returns operations on the disk and on the snapshot") {
  const json operations = call(
      "CreateDiskSnapshot", {{"diskName", "data"}, {"diskSnapshotName", "data-1"}})["operations"];
  REQUIRE(operations.size() == 2);
  CHECK(operations[0]["resourceName"] == "data-1");
  CHECK(operations[0]["resourceType"] == "DiskSnapshot");
  CHECK(operations[0]["operationDetails"] == "data");
  CHECK(operations[0]["location"]["availabilityZone"] == "all");
  CHECK(operations[1]["resourceName"] == "data");
  CHECK(operations[1]["resourceType"] == "Disk");
  CHECK(operations[1]["operationDetails"] == "data-1");
  for (const json& operation : operations) {
    CHECK(operation["operationType"] == "CreateDiskSnapshot");
    CHECK(operation["status"] == "Started");
  }
  CHECK(disk_snapshot("data-1")["state"] == "pending");
  CHECK(disk_snapshot("data-1")["progress"] == "0%");
  advance(of_disk);
  CHECK(status(operations[0]) == "Succeeded");
  CHECK(status(operations[1]) == "Succeeded");
}

TEST_CASE_FIXTURE(Snapshots, "GetDiskSnapshot: returns a document in the recorded form") {
  snapshot_disk("data", "data-1");
  json snapshot = disk_snapshot("data-1");
  const std::string support = snapshot["supportCode"];
  CHECK(support.find("/snap-") == 12);
  snapshot.erase("arn");
  snapshot.erase("supportCode");
  CHECK(snapshot == json({{"name", "data-1"},
                          {"createdAt", static_cast<double>(now() - of_disk) / 1000},
                          {"location", {{"availabilityZone", "all"}, {"regionName", "us-east-1"}}},
                          {"resourceType", "DiskSnapshot"},
                          {"tags", json::array()},
                          {"sizeInGb", 32},
                          {"state", "completed"},
                          {"progress", "100%"},
                          {"fromDiskName", "data"},
                          {"fromDiskArn", disk("data")["arn"]},
                          {"isFromAutoSnapshot", false}}));
}

TEST_CASE_FIXTURE(Snapshots, "CreateDiskSnapshot: takes a snapshot of an instance's system disk") {
  attach("data", "web", "/dev/xvdf");
  const json operations = call(
      "CreateDiskSnapshot", {{"instanceName", "web"}, {"diskSnapshotName", "root"}})["operations"];
  CHECK(operations[0]["operationDetails"] == "web");
  CHECK(operations[1]["resourceType"] == "Instance");
  CHECK(operations[1]["operationDetails"] == "root");
  const json snapshot = disk_snapshot("root");
  CHECK(snapshot["sizeInGb"] == 60);
  CHECK(snapshot["fromInstanceName"] == "web");
  CHECK(snapshot["fromInstanceArn"] == instance("web")["arn"]);
  CHECK_FALSE(snapshot.contains("fromDiskName"));
  CHECK_FALSE(snapshot.contains("fromDiskArn"));
}

TEST_CASE_FIXTURE(Snapshots, "CreateDiskSnapshot: refuses invalid sources and used names") {
  for (const json& source : {json({}), json({{"diskName", "data"}, {"instanceName", "web"}})}) {
    json input = {{"diskSnapshotName", "data-1"}};
    if (!source.is_null()) input.update(source);
    const Refused refusal = refused("CreateDiskSnapshot", input);
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "Specify either diskName or instanceName.");
  }
  CHECK(refused("CreateDiskSnapshot", {{"diskName", "nope"}, {"diskSnapshotName", "x1"}}).message ==
        "The Disk does not exist: nope");
  CHECK(
      refused("CreateDiskSnapshot", {{"instanceName", "data"}, {"diskSnapshotName", "x1"}}).type ==
      "NotFoundException");
  CHECK(refused("CreateDiskSnapshot", {{"diskName", "data"}, {"diskSnapshotName", "web"}}).code ==
        "NameExists");
  call("CreateDisk", {{"diskName", "new"}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", 8}});
  const Refused early =
      refused("CreateDiskSnapshot", {{"diskName", "new"}, {"diskSnapshotName", "x1"}});
  CHECK(early.type == "OperationFailureException");
  CHECK(early.message ==
        "You can only create a snapshot of the disk when it is available or in use. The current "
        "state of your disk is: pending");
  CHECK(call("GetDiskSnapshots")["diskSnapshots"].empty());
}

TEST_CASE_FIXTURE(Snapshots, "CreateDiskSnapshot: accepts a disk that is attaching or attached") {
  call("AttachDisk", {{"diskName", "data"}, {"instanceName", "web"}, {"diskPath", "/dev/xvdf"}});
  call("CreateDiskSnapshot", {{"diskName", "data"}, {"diskSnapshotName", "data-1"}});
  advance(seconds(5));
  call("CreateDiskSnapshot", {{"diskName", "data"}, {"diskSnapshotName", "data-2"}});
  const json list = call("GetDiskSnapshots")["diskSnapshots"];
  REQUIRE(list.size() == 2);
  CHECK(list[0]["name"] == "data-2");
}

TEST_CASE_FIXTURE(Snapshots, "DeleteDiskSnapshot: completes at once") {
  snapshot_disk("data", "data-1");
  const json name = {{"diskSnapshotName", "data-1"}};
  const json operations = call("DeleteDiskSnapshot", name)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteDiskSnapshot");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  CHECK(refused("GetDiskSnapshot", name).message == "The DiskSnapshot does not exist: data-1");
}

TEST_CASE_FIXTURE(Snapshots,
                  "CreateDiskFromSnapshot: creates a disk of at least the snapshot's size") {
  snapshot_disk("data", "data-1");
  json input = {{"diskName", "copy"},
                {"diskSnapshotName", "data-1"},
                {"availabilityZone", "us-east-1b"},
                {"sizeInGb", 31}};
  const Refused small = refused("CreateDiskFromSnapshot", input);
  CHECK(small.type == "InvalidInputException");
  CHECK(small.message == "The size of the disk must be at least the size of the snapshot, 32 GB.");
  input["sizeInGb"] = 64;
  const json operations = call("CreateDiskFromSnapshot", input)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "CreateDiskFromSnapshot");
  CHECK(operations[0]["resourceName"] == "copy");
  CHECK(operations[0]["resourceType"] == "Disk");
  CHECK(operations[0]["status"] == "Started");
  CHECK(operations[0]["location"]["availabilityZone"] == "us-east-1b");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  advance(seconds(5));
  CHECK(disk("copy")["state"] == "available");
  CHECK(disk("copy")["sizeInGb"] == 64);
  CHECK(disk("copy")["isAttached"] == false);
}

TEST_CASE_FIXTURE(Snapshots, "CreateDiskFromSnapshot: uses the tags and add-ons of the call") {
  call("CreateDiskSnapshot", {{"instanceName", "web"}, {"diskSnapshotName", "root"}});
  advance(of_disk);
  const json tags = json::parse(R"([{"key": "of", "value": "mine"}])");
  call("CreateDiskFromSnapshot", {{"diskName", "rescue"},
                                  {"diskSnapshotName", "root"},
                                  {"availabilityZone", "us-east-1a"},
                                  {"sizeInGb", 60},
                                  {"tags", tags},
                                  {"addOns", {{{"addOnType", "AutoSnapshot"}}}}});
  CHECK(disk("rescue")["tags"] == tags);
  CHECK(disk("rescue")["addOns"][0]["status"] == "Enabled");
}

TEST_CASE_FIXTURE(Snapshots,
                  "CreateDiskFromSnapshot: refuses invalid sources, names, zones and sizes") {
  call("CreateDiskSnapshot", {{"diskName", "data"}, {"diskSnapshotName", "data-1"}});
  const auto refusal = [&](const json& members) {
    json input = {{"diskName", "copy"},
                  {"diskSnapshotName", "data-1"},
                  {"availabilityZone", "us-east-1a"},
                  {"sizeInGb", 32}};
    input.merge_patch(members);
    return refused("CreateDiskFromSnapshot", input);
  };
  CHECK(refusal(json::object()).type == "OperationFailureException");
  CHECK(refusal(json::object()).message ==
        "You can only create a disk from the snapshot when it is completed. The current state of "
        "your snapshot is: pending");
  advance(of_disk);
  CHECK(refusal({{"diskSnapshotName", "nope"}}).message == "The DiskSnapshot does not exist: nope");
  CHECK(refusal({{"diskSnapshotName", "nope"}, {"sourceDiskName", ""}}).message ==
        "The DiskSnapshot does not exist: nope");
  CHECK(refusal({{"sourceDiskName", "data"}}).message ==
        "Specify either diskSnapshotName or sourceDiskName.");
  CHECK(refusal({{"diskSnapshotName", nullptr}}).message ==
        "Specify either diskSnapshotName or sourceDiskName.");
  CHECK(refusal({{"restoreDate", "2026-01-01"}}).message ==
        "restoreDate and useLatestRestorableAutoSnapshot are for automatic snapshots only.");
  CHECK(refusal({{"diskName", "web"}}).code == "NameExists");
  CHECK(refusal({{"availabilityZone", "eu-west-1a"}}).type == "InvalidInputException");
  CHECK(refusal({{"sizeInGb", 16385}}).message ==
        "The size of a block storage disk must be between 8 and 16384 GB.");
}

TEST_CASE_FIXTURE(Snapshots, "CreateDiskFromSnapshot: creates a disk from an automatic snapshot") {
  enable("data", "06:00");
  go_to(days(1) + hours(7));
  json input = {{"diskName", "old"},
                {"sourceDiskName", "data"},
                {"restoreDate", "2026-01-01"},
                {"availabilityZone", "us-east-1a"},
                {"sizeInGb", 32}};
  call("CreateDiskFromSnapshot", input);
  input["diskName"] = "latest";
  input.erase("restoreDate");
  input["useLatestRestorableAutoSnapshot"] = true;
  call("CreateDiskFromSnapshot", input);
  advance(seconds(5));
  CHECK(disk("old")["state"] == "available");
  CHECK(disk("latest")["sizeInGb"] == 32);
  input["restoreDate"] = "2026-01-01";
  CHECK(refused("CreateDiskFromSnapshot", input).message ==
        "Specify either restoreDate or useLatestRestorableAutoSnapshot.");
}

}  // namespace papersail
