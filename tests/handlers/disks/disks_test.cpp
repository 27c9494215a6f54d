#include "tests/handlers/disks/disks.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Machine,
                  "CreateDisk: returns an operation that lasts until the disk is available") {
  const json operations = create_disk("data");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "CreateDisk");
  CHECK(operations[0]["resourceType"] == "Disk");
  CHECK(operations[0]["resourceName"] == "data");
  CHECK(operations[0]["location"]["availabilityZone"] == "us-east-1a");
  CHECK(operations[0]["status"] == "Started");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  CHECK(disk("data")["state"] == "pending");
  advance(while_disk_pending - 1);
  CHECK(disk("data")["state"] == "pending");
  CHECK(operation(operations[0]["id"])["status"] == "Started");
  advance(1);
  CHECK(disk("data")["state"] == "available");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
}

TEST_CASE_FIXTURE(Machine, "CreateDisk: creates a document in the recorded form") {
  create_disk("data", {{"tags", json::parse(R"([{"key": "env"}])")}});
  advance(while_disk_pending);
  json data = disk("data");
  CHECK(
      data["arn"].get<std::string>().starts_with("arn:aws:lightsail:us-east-1:000000000000:Disk/"));
  CHECK(data["supportCode"].get<std::string>().find("/vol-") == 12);
  CHECK(data["supportCode"].get<std::string>().size() == 12 + 5 + 17);
  data.erase("arn");
  data.erase("supportCode");
  CHECK(data == json::parse(R"({
      "name": "data", "resourceType": "Disk", "createdAt": 1767225617.9,
      "location": {"availabilityZone": "us-east-1a", "regionName": "us-east-1"},
      "tags": [{"key": "env"}], "sizeInGb": 8, "isSystemDisk": false, "iops": 100,
      "state": "available", "isAttached": false, "attachmentState": "detached"})"));
}

TEST_CASE_FIXTURE(Machine, "CreateDisk: sets three IOPS for each GB, between 100 and 16000") {
  for (const auto& [size, iops] : {std::pair{33, 100}, {34, 102}, {80, 240}, {6000, 16000}}) {
    const std::string name = "disk-" + std::to_string(size);
    create_disk(name, {{"sizeInGb", size}});
    CHECK(disk(name)["iops"] == iops);
  }
}

TEST_CASE_FIXTURE(Machine, "CreateDisk: refuses a size below 8 GB or above 16384 GB") {
  for (const int size : {-1, 0, 7, 16385}) {
    const Refused refusal = refused("CreateDisk", disk_input("data", {{"sizeInGb", size}}));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    CHECK(refusal.message == "The size of a block storage disk must be between 8 and 16384 GB.");
  }
  create_disk("small", {{"sizeInGb", 8}});
  CHECK(call("GetDisks")["disks"].size() == 1);
}

TEST_CASE_FIXTURE(Machine, "CreateDisk: refuses a total size above the region's limit") {
  create_disk("one", {{"sizeInGb", 16384}});
  const Refused refusal = refused("CreateDisk", disk_input("two", {{"sizeInGb", 3617}}));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "You've reached the maximum size limit of all disks in this account.");
  create_disk("two", {{"sizeInGb", 3616}});
  CHECK(refused("CreateDisk", disk_input("three")).message == refusal.message);
  act_as("test", "eu-west-1");
  create_disk("three", {{"availabilityZone", "eu-west-1a"}});
  act_as("test");
  advance(while_disk_pending);
  call("DeleteDisk", {{"diskName", "two"}});
  create_disk("three");
}

TEST_CASE_FIXTURE(Machine,
                  "CreateDisk: refuses zones of other regions, invalid names and used names") {
  const Refused zone =
      refused("CreateDisk", disk_input("data", {{"availabilityZone", "eu-west-1a"}}));
  CHECK(zone.type == "InvalidInputException");
  CHECK(zone.message.starts_with("The given Availability Zone is invalid."));
  CHECK(refused("CreateDisk", disk_input("my data"))
            .message.starts_with("my data is not a valid resource name."));
  const Refused taken = refused("CreateDisk", disk_input("web"));
  CHECK(taken.code == "NameExists");
  CHECK(taken.message == "Some names are already in use: web");
}

TEST_CASE_FIXTURE(Machine,
                  "CreateDisk: accepts automatic snapshots and refuses add-ons for research") {
  create_disk("data", {{"addOns", json::parse(R"([{"addOnType": "AutoSnapshot"}])")}});
  CHECK(disk("data")["addOns"] == json::parse(R"([{"name": "AutoSnapshot", "status": "Enabled",
      "snapshotTimeOfDay": "06:00", "nextSnapshotTimeOfDay": "06:00"}])"));
  const json idle = json::parse(R"([{"addOnType": "StopInstanceOnIdle"}])");
  CHECK(refused("CreateDisk", disk_input("other", {{"addOns", idle}})).type ==
        "InvalidInputException");
  CHECK(refused("GetDisk", {{"diskName", "other"}}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(Machine, "GetDisks: returns the region's disks, newest first") {
  create_disk("bb");
  create_disk("aa");
  const json disks = call("GetDisks")["disks"];
  REQUIRE(disks.size() == 2);
  CHECK(disks[0] == disk("aa"));
  CHECK(disks[1] == disk("bb"));
  act_as("test", "eu-west-1");
  CHECK(call("GetDisks")["disks"] == json::array());
}

TEST_CASE_FIXTURE(Machine, "GetDisk, DeleteDisk: refuse unknown names and names of other types") {
  for (const char* action : {"GetDisk", "DeleteDisk"}) {
    for (const std::string name : {"nope", "web"}) {
      const Refused refusal = refused(action, {{"diskName", name}});
      CHECK(refusal.type == "NotFoundException");
      CHECK(refusal.code == "DoesNotExist");
      CHECK(refusal.message == "The Disk does not exist: " + name);
    }
  }
}

TEST_CASE_FIXTURE(Machine, "DeleteDisk: completes at once and frees the name") {
  create_disk("data");
  advance(while_disk_pending);
  const json operations = call("DeleteDisk", {{"diskName", "data"}})["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteDisk");
  CHECK(operations[0]["resourceType"] == "Disk");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  CHECK(refused("GetDisk", {{"diskName", "data"}}).type == "NotFoundException");
  create_disk("data");
}

TEST_CASE_FIXTURE(Machine, "DeleteDisk: refuses a pending or attached disk") {
  create_disk("data");
  const json input = {{"diskName", "data"}};
  const Refused pending = refused("DeleteDisk", input);
  CHECK(pending.type == "OperationFailureException");
  CHECK(pending.message ==
        "You can't delete this disk right now. The state of this disk is: pending");
  advance(while_disk_pending);
  const auto attached = [&] {
    const Refused refusal = refused("DeleteDisk", input);
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message ==
          "You can't perform this operation because the disk is still attached to a Lightsail "
          "instance: web");
  };
  call("AttachDisk", attachment("data"));
  attached();
  advance(while_attaching);
  attached();
  stop();
  call("DetachDisk", input);
  attached();
  advance(while_detaching);
  call("DeleteDisk", input);
}

TEST_CASE_FIXTURE(Machine,
                  "DeleteDisk: refuses a disk with add-ons unless forceDeleteAddOns is set") {
  create_disk("data", {{"addOns", json::parse(R"([{"addOnType": "AutoSnapshot"}])")}});
  advance(while_disk_pending);
  const Refused refusal = refused("DeleteDisk", {{"diskName", "data"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "You cannot delete the Disk data with addons. Specify the forceDeleteAddons parameter to "
        "delete the Disk and its associated addons.");
  call("DeleteDisk", {{"diskName", "data"}, {"forceDeleteAddOns", true}});
  CHECK(call("GetDisks")["disks"].empty());
}

}  // namespace papersail
