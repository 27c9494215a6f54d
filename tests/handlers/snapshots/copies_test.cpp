#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

json copy(const json& members) {
  json out = {{"targetSnapshotName", "copy"}, {"sourceRegion", "us-east-1"}};
  out.update(members);
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(Snapshots,
                  "CopySnapshot: copies to another region and returns the recorded operation") {
  snapshot_instance("web", "web-1");
  const json source = instance_snapshot("web-1");
  act_as("test", "eu-west-1");
  const json operations =
      call("CopySnapshot", copy({{"sourceSnapshotName", "web-1"}}))["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["resourceName"] == "copy");
  CHECK(operations[0]["resourceType"] == "InstanceSnapshot");
  CHECK(operations[0]["operationType"] == "CopySnapshot");
  CHECK(operations[0]["operationDetails"] == "us-east-1:web-1");
  CHECK(operations[0]["status"] == "Started");
  CHECK(operations[0]["location"] ==
        json({{"availabilityZone", "all"}, {"regionName", "eu-west-1"}}));
  CHECK(instance_snapshot("copy")["state"] == "pending");
  advance(of_instance);
  CHECK(status(operations[0]) == "Succeeded");
  const json made = instance_snapshot("copy");
  CHECK(made["state"] == "available");
  CHECK(made["arn"] != source["arn"]);
  CHECK(made["createdAt"] > source["createdAt"]);
  CHECK(made["location"]["regionName"] == "eu-west-1");
  for (const char* member : {"fromInstanceName", "fromInstanceArn", "fromBlueprintId",
                             "fromBundleId", "fromAttachedDisks", "sizeInGb"}) {
    CHECK(made[member] == source[member]);
  }
  CHECK(made["isFromAutoSnapshot"] == false);
  act_as("test");
  CHECK(refused("GetInstanceSnapshot", {{"instanceSnapshotName", "copy"}}).type ==
        "NotFoundException");
}

TEST_CASE_FIXTURE(Snapshots, "CopySnapshot: copies disks within a region without their tags") {
  snapshot_disk("data", "data-1");
  call("TagResource", {{"resourceName", "data-1"}, {"tags", {{{"key", "mine"}}}}});
  const json operations =
      call("CopySnapshot", copy({{"sourceSnapshotName", "data-1"}}))["operations"];
  CHECK(operations[0]["resourceType"] == "DiskSnapshot");
  CHECK(disk_snapshot("copy")["progress"] == "0%");
  advance(of_disk);
  CHECK(disk_snapshot("copy")["state"] == "completed");
  CHECK(disk_snapshot("copy")["progress"] == "100%");
  CHECK(disk_snapshot("copy")["fromDiskName"] == "data");
  CHECK(disk_snapshot("copy")["tags"].empty());
  CHECK(refused("CopySnapshot", copy({{"sourceSnapshotName", "data-1"}})).code == "NameExists");
}

TEST_CASE_FIXTURE(Snapshots, "CopySnapshot: copies an automatic snapshot to a manual one") {
  enable("web");
  attach("data", "web", "/dev/xvdf");
  advance(days(3));
  const json operations =
      call("CopySnapshot",
           copy({{"sourceResourceName", "web"}, {"restoreDate", "2026-01-02"}}))["operations"];
  CHECK(operations[0]["operationDetails"] == "us-east-1:web");
  CHECK(operations[0]["resourceType"] == "InstanceSnapshot");
  const json made = instance_snapshot("copy");
  CHECK(made["isFromAutoSnapshot"] == true);
  CHECK(made["fromInstanceName"] == "web");
  CHECK(made["fromBundleId"] == "small_3_0");
  CHECK(made["fromAttachedDisks"][0]["name"] == "data");
  CHECK(made["sizeInGb"] == 92);
  advance(days(30));
  call("CopySnapshot", {{"targetSnapshotName", "second"},
                        {"sourceRegion", "us-east-1"},
                        {"sourceSnapshotName", "copy"}});
  CHECK(instance_snapshot("second")["isFromAutoSnapshot"] == true);
}

TEST_CASE_FIXTURE(Snapshots,
                  "CopySnapshot: copies the latest automatic snapshot from another region") {
  enable("data");
  advance(days(1));
  act_as("test", "ap-south-1");
  call("CopySnapshot",
       copy({{"sourceResourceName", "data"}, {"useLatestRestorableAutoSnapshot", true}}));
  CHECK(disk_snapshot("copy")["isFromAutoSnapshot"] == true);
  CHECK(disk_snapshot("copy")["sizeInGb"] == 32);
}

TEST_CASE_FIXTURE(Snapshots, "CopySnapshot: refuses invalid sources") {
  snapshot_instance("web", "done");
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "early"}});
  struct {
    json members;
    std::string type, message;
  } const cases[] = {
      {{{"sourceSnapshotName", "nope"}}, "NotFoundException", "The Snapshot does not exist: nope"},
      {{{"sourceSnapshotName", "web"}}, "NotFoundException", "The Snapshot does not exist: web"},
      {{{"sourceSnapshotName", "early"}},
       "OperationFailureException",
       "You can only copy the snapshot when it is available. The current state of your snapshot "
       "is: pending"},
      {json::object(), "InvalidInputException",
       "Specify either sourceSnapshotName or sourceResourceName."},
      {{{"sourceSnapshotName", "done"}, {"sourceResourceName", "web"}},
       "InvalidInputException",
       "Specify either sourceSnapshotName or sourceResourceName."},
      {{{"sourceResourceName", "web"}},
       "InvalidInputException",
       "Specify either restoreDate or useLatestRestorableAutoSnapshot."},
      {{{"sourceResourceName", "web"},
        {"restoreDate", "2026-01-01"},
        {"useLatestRestorableAutoSnapshot", true}},
       "InvalidInputException",
       "Specify either restoreDate or useLatestRestorableAutoSnapshot."},
      {{{"sourceSnapshotName", "done"}, {"restoreDate", "2026-01-01"}},
       "InvalidInputException",
       "restoreDate and useLatestRestorableAutoSnapshot are for automatic snapshots only."},
      {{{"sourceResourceName", "web"}, {"restoreDate", "2026-01-01"}},
       "NotFoundException",
       "The AutoSnapshot does not exist: 2026-01-01"},
      {{{"sourceResourceName", "web"}, {"useLatestRestorableAutoSnapshot", true}},
       "NotFoundException",
       "There is no automatic snapshot of web to restore."},
      {{{"sourceResourceName", "done"}, {"useLatestRestorableAutoSnapshot", true}},
       "InvalidInputException",
       "The resource type, InstanceSnapshot, has neither add-ons nor automatic snapshots."},
      {{{"sourceResourceName", "nope"}, {"useLatestRestorableAutoSnapshot", true}},
       "NotFoundException",
       "The Resource does not exist: nope"},
      {{{"sourceSnapshotName", "done"}, {"sourceRegion", "us-west-1"}},
       "InvalidInputException",
       "The region is not available: us-west-1"},
      {{{"sourceSnapshotName", "done"}, {"sourceRegion", "eu-west-1"}},
       "NotFoundException",
       "The Snapshot does not exist: done"},
  };
  for (const auto& [members, type, message] : cases) {
    const Refused refusal = refused("CopySnapshot", copy(members));
    CHECK(refusal.type == type);
    CHECK(refusal.message == message);
  }
  CHECK(call("GetInstanceSnapshots")["instanceSnapshots"].size() == 2);
}

TEST_CASE_FIXTURE(Snapshots, "CopySnapshot: refuses snapshots of databases") {
  call("CreateRelationalDatabase", {{"relationalDatabaseName", "shop"},
                                    {"availabilityZone", "us-east-1a"},
                                    {"relationalDatabaseBlueprintId", "mysql_8_0"},
                                    {"relationalDatabaseBundleId", "micro_2_0"},
                                    {"masterDatabaseName", "dbmaster"},
                                    {"masterUsername", "dbmasteruser"}});
  advance(minutes(15));
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "shop"}, {"finalRelationalDatabaseSnapshotName", "shop-last"}});
  advance(minutes(5));
  CHECK(refused("CopySnapshot", copy({{"sourceSnapshotName", "shop-last"}})).message ==
        "Snapshots of databases can neither be copied nor exported: shop-last");
}

}  // namespace papersail
