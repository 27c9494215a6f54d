#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

struct FromSnapshot : Snapshots {
  // Has an available snapshot "web-1" of "web" with "data" at /dev/xvdf.
  FromSnapshot() {
    attach("data", "web", "/dev/xvdf");
    snapshot_instance("web", "web-1");
  }

  static json request(const json& changes = json::object()) {
    json out = {{"instanceNames", json::array({"new"})},
                {"instanceSnapshotName", "web-1"},
                {"availabilityZone", "us-east-1b"},
                {"bundleId", "small_3_0"}};
    out.merge_patch(changes);
    return out;
  }
  json create(const json& changes = json::object()) {
    return call("CreateInstancesFromSnapshot", request(changes))["operations"];
  }
  Refused refusal(const json& changes) {
    return refused("CreateInstancesFromSnapshot", request(changes));
  }
};

}  // namespace

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: returns one Started operation for each name") {
  const json operations = create({{"instanceNames", {"aa", "bb"}}});
  REQUIRE(operations.size() == 2);
  CHECK(operations[0]["resourceName"] == "aa");
  CHECK(operations[1]["resourceName"] == "bb");
  for (const json& operation : operations) {
    CHECK(operation["operationType"] == "CreateInstancesFromSnapshot");
    CHECK(operation["resourceType"] == "Instance");
    CHECK(operation["status"] == "Started");
    CHECK(operation["location"]["availabilityZone"] == "us-east-1b");
    CHECK_FALSE(operation.contains("operationDetails"));
  }
  CHECK(instance("aa")["state"]["name"] == "pending");
  advance(seconds(18));
  CHECK(instance("aa")["state"]["name"] == "running");
  CHECK(status(operations[1]) == "Succeeded");
}

TEST_CASE_FIXTURE(
    FromSnapshot,
    "CreateInstancesFromSnapshot: uses the blueprint of the source and no other settings") {
  call("OpenInstancePublicPorts",
       {{"instanceName", "web"},
        {"portInfo", {{"fromPort", 8080}, {"toPort", 8080}, {"protocol", "tcp"}}}});
  call("TagResource", {{"resourceName", "web-1"}, {"tags", {{{"key", "of-the-snapshot"}}}}});
  call("ImportKeyPair", {{"keyPairName", "key"},
                         {"publicKeyBase64",
                          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICN3dYEBCwHAf8peta4enA1z2FJ4cDg7Lxln"
                          "Lyh5OwwF"}});
  const json tags = json::parse(R"([{"key": "mine"}])");
  create({{"bundleId", "medium_3_0"},
          {"keyPairName", "key"},
          {"userData", "echo"},
          {"ipAddressType", "ipv4"},
          {"tags", tags},
          {"addOns", json::parse(R"([{"addOnType": "AutoSnapshot"}])")}});
  const json made = instance("new");
  CHECK(made["blueprintId"] == "ubuntu_24_04");
  CHECK(made["bundleId"] == "medium_3_0");
  CHECK(made["hardware"]["ramSizeInGb"] == 4);
  CHECK(made["networking"]["ports"].size() == 2);
  CHECK(made["sshKeyName"] == "key");
  CHECK(made["ipAddressType"] == "ipv4");
  CHECK(made["tags"] == tags);
  CHECK(made["addOns"][0]["status"] == "Enabled");
  CHECK(made["publicIpAddress"] != instance("web")["publicIpAddress"]);
  CHECK(made["username"] == "ubuntu");
}

TEST_CASE_FIXTURE(FromSnapshot, "CreateInstancesFromSnapshot: creates the snapshot's disks anew") {
  create({{"tags", json::parse(R"([{"key": "mine"}])")}});
  const json made = disk("new-data");
  CHECK(made["sizeInGb"] == 32);
  CHECK(made["attachedTo"] == "new");
  CHECK(made["path"] == "/dev/xvdf");
  CHECK(made["location"]["availabilityZone"] == "us-east-1b");
  CHECK(made["tags"].empty());
  CHECK(made["arn"] != disk("data")["arn"]);
  advance(seconds(5));
  CHECK(disk("new-data")["attachmentState"] == "attached");
  const json disks = instance("new")["hardware"]["disks"];
  REQUIRE(disks.size() == 2);
  CHECK(disks[0]["isSystemDisk"] == true);
  CHECK(disks[1] == disk("new-data"));
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: names the disks by attachedDiskMapping") {
  const auto map = [](const char* path, const char* name) -> json {
    return json::array({{{"originalDiskPath", path}, {"newDiskName", name}}});
  };
  create({{"attachedDiskMapping", {{"new", map("/dev/xvdf", "mine")}}}});
  CHECK(disk("mine")["attachedTo"] == "new");
  const auto refused_message = [&](const json& mapping) {
    return refusal({{"instanceNames", json::array({"other"})}, {"attachedDiskMapping", mapping}})
        .message;
  };
  CHECK(refused_message({{"other", map("/dev/xvdz", "mine-2")}}) ==
        "The snapshot has no disk at the path \"/dev/xvdz\".");
  CHECK(refused_message({{"new", map("/dev/xvdf", "mine-2")}}) ==
        "The disk mapping is for an instance that is not created: new");
  json twice = map("/dev/xvdf", "mine-2");
  twice.push_back(map("/dev/xvdf", "mine-3")[0]);
  CHECK(refused_message({{"other", twice}}) == "The disk path /dev/xvdf is given twice.");
  CHECK(refused_message({{"other", map("/dev/xvdf", "mine")}}) ==
        "Some names are already in use: mine");
  CHECK(refused("GetInstance", {{"instanceName", "other"}}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: refuses a bundle smaller than the source's") {
  for (const char* smaller : {"nano_3_0", "micro_3_0"}) {
    const Refused small = refusal({{"bundleId", smaller}});
    CHECK(small.type == "InvalidInputException");
    CHECK(small.message == std::string("The bundle ") + smaller +
                               " is smaller than the bundle of the snapshot, small_3_0. You must "
                               "use the same bundle or a larger one.");
  }
  CHECK(refusal({{"bundleId", "huge_9_9"}}).message ==
        "The specified bundle does not exist in this region: huge_9_9");
  create({{"bundleId", "xlarge_3_0"}});
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: accepts an inactive bundle or blueprint only if it "
                  "is the snapshot's") {
  CHECK(refusal({{"bundleId", "large_2_0"}}).message ==
        "The specified bundle does not exist in this region: large_2_0");
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/web-1",
          {{"fromBundleId", "large_2_0"}, {"fromBlueprintId", "ubuntu_20_04"}});
  create({{"bundleId", "large_2_0"}});
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: refuses invalid sources and mappings") {
  CHECK(refusal({{"instanceSnapshotName", "nope"}}).message ==
        "The InstanceSnapshot does not exist: nope");
  CHECK(refusal({{"instanceSnapshotName", nullptr}}).message ==
        "Specify either instanceSnapshotName or sourceInstanceName.");
  CHECK(refusal({{"sourceInstanceName", "web"}}).message ==
        "Specify either instanceSnapshotName or sourceInstanceName.");
  CHECK(refusal({{"useLatestRestorableAutoSnapshot", true}}).message ==
        "restoreDate and useLatestRestorableAutoSnapshot are for automatic snapshots only.");
  CHECK(refusal({{"instanceNames", json::array({"web"})}}).code == "NameExists");
  CHECK(refusal({{"availabilityZone", "eu-west-1a"}}).type == "InvalidInputException");
  CHECK(refusal({{"keyPairName", "nope"}}).type == "NotFoundException");
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "early"}});
  const Refused early = refusal({{"instanceSnapshotName", "early"}});
  CHECK(early.type == "OperationFailureException");
  CHECK(early.message ==
        "You can only create an instance from the snapshot when it is available. The current "
        "state of your snapshot is: pending");
  CHECK(call("GetInstances")["instances"].size() == 1);
  CHECK(call("GetDisks")["disks"].size() == 1);
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: accepts a snapshot of a deleted instance") {
  call("DeleteInstance", {{"instanceName", "web"}});
  create({{"instanceNames", json::array({"web"})}});
  CHECK(disk("web-data")["attachedTo"] == "web");
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: creates instances from an automatic snapshot") {
  enable("web");
  advance(days(2));
  const json automatic = {{"instanceSnapshotName", nullptr}, {"sourceInstanceName", "web"}};
  json by_date = automatic;
  by_date["restoreDate"] = "2026-01-01";
  create(by_date);
  CHECK(instance("new")["blueprintId"] == "ubuntu_24_04");
  CHECK(disk("new-data")["path"] == "/dev/xvdf");
  json latest = automatic;
  latest["useLatestRestorableAutoSnapshot"] = true;
  latest["instanceNames"] = json::array({"latest"});
  create(latest);
  by_date["restoreDate"] = "2025-12-31";
  CHECK(refusal(by_date).message == "The AutoSnapshot does not exist: 2025-12-31");
  CHECK(refusal(automatic).message ==
        "Specify either restoreDate or useLatestRestorableAutoSnapshot.");
}

TEST_CASE_FIXTURE(FromSnapshot,
                  "CreateInstancesFromSnapshot: uses the region's bundles for a copied snapshot") {
  act_as("test", "ap-southeast-2");
  call("CopySnapshot", {{"sourceRegion", "us-east-1"},
                        {"sourceSnapshotName", "web-1"},
                        {"targetSnapshotName", "web-1"}});
  advance(of_instance);
  const json here = {{"availabilityZone", "ap-southeast-2a"}, {"bundleId", "small_3_2"}};
  create(here);
  CHECK(instance("new")["bundleId"] == "small_3_2");
  CHECK(disk("new-data")["location"]["regionName"] == "ap-southeast-2");
  json smaller = here;
  smaller["bundleId"] = "nano_3_2";
  CHECK(refusal(smaller).type == "InvalidInputException");
}

}  // namespace papersail
