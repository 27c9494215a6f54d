#include <fstream>

#include "tests/handlers/snapshots/snapshots.hpp"
#include "tests/support/folder.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Snapshots,
                  "GetAutoSnapshots: returns seven snapshots after ten days, newest first") {
  enable("web");  // 06:00 in us-east-1
  CHECK(dates("web").empty());
  advance(days(10));
  CHECK(dates("web") == std::vector<std::string>{"2026-01-10", "2026-01-09", "2026-01-08",
                                                 "2026-01-07", "2026-01-06", "2026-01-05",
                                                 "2026-01-04"});
  const json response = call("GetAutoSnapshots", {{"resourceName", "web"}});
  CHECK(response["resourceName"] == "web");
  CHECK(response["resourceType"] == "Instance");
  for (const json& snapshot : response["autoSnapshots"]) {
    CHECK(snapshot["status"] == "Success");
    CHECK(snapshot["fromAttachedDisks"] == json::array());
    CHECK(moment_of(snapshot["createdAt"]) % 1000 == 0);
  }
}

TEST_CASE_FIXTURE(Snapshots,
                  "GetAutoSnapshots: returns snapshots of disks, which no other list shows") {
  enable("data", "01:00");
  advance(days(2));
  CHECK(dates("data") == std::vector<std::string>{"2026-01-02", "2026-01-01"});
  CHECK(call("GetDiskSnapshots")["diskSnapshots"].empty());
  CHECK(call("GetInstanceSnapshots")["instanceSnapshots"].empty());
  CHECK(call("GetActiveNames")["activeNames"] == json({"data", "web"}));
}

TEST_CASE_FIXTURE(Snapshots, "GetAutoSnapshots: shows the disks that were attached") {
  attach("data", "web", "/dev/xvdf");
  enable("web");
  advance(days(1));
  make_disk("young", 8);
  attach("young", "web", "/dev/xvdg");
  const json list = call("GetAutoSnapshots", {{"resourceName", "web"}})["autoSnapshots"];
  CHECK(list[0]["fromAttachedDisks"] == json::parse(R"([{"path": "/dev/xvdf", "sizeInGb": 32}])"));
}

TEST_CASE_FIXTURE(Snapshots,
                  "GetAutoSnapshots: shows InProgress for the duration of a manual snapshot") {
  enable("web");
  go_to(hours(7));
  const json list = call("GetAutoSnapshots", {{"resourceName", "web"}})["autoSnapshots"];
  const Millis created = moment_of(list[0]["createdAt"]);
  go_to(days(1) + (created - test_start));
  const auto status = [&] {
    return call("GetAutoSnapshots", {{"resourceName", "web"}})["autoSnapshots"][0]["status"];
  };
  CHECK(status() == "InProgress");
  const json manual = {{"instanceName", "web"}, {"instanceSnapshotName", "web-1"}};
  const Refused busy = refused("CreateInstanceSnapshot", manual);
  CHECK(busy.type == "OperationFailureException");
  CHECK(busy.message ==
        "An automatic snapshot of web is being created. Please wait for it to complete before "
        "trying again.");
  CHECK(refused("DeleteAutoSnapshot", {{"resourceName", "web"}, {"date", "2026-01-02"}}).type ==
        "OperationFailureException");
  advance(of_instance - 1);
  CHECK(status() == "InProgress");
  advance(1);
  CHECK(status() == "Success");
  call("CreateInstanceSnapshot", manual);
}

TEST_CASE("GetAutoSnapshots: shows Failed if the lifecycle fails manual snapshots") {
  const Folder folder;
  const std::string profile = folder / "failing.json";
  std::ofstream(profile) << R"({"base": "realistic", "transitions": [
      {"type": "DiskSnapshot", "name": "*-fail", "from": "pending", "after": 5, "to": "error",
       "errorCode": "Broken", "errorDetails": "It broke."}]})";
  Snapshots papersail(profile);
  papersail.make_disk("data-fail", 8);
  papersail.enable("data-fail");
  papersail.advance(days(1));
  const json list =
      papersail.call("GetAutoSnapshots", {{"resourceName", "data-fail"}})["autoSnapshots"];
  REQUIRE(list.size() == 1);
  CHECK(list[0]["status"] == "Failed");
  json copy = {{"sourceRegion", "us-east-1"},
               {"targetSnapshotName", "copy"},
               {"sourceResourceName", "data-fail"},
               {"useLatestRestorableAutoSnapshot", true}};
  CHECK(papersail.refused("CopySnapshot", copy).type == "NotFoundException");
  copy["useLatestRestorableAutoSnapshot"] = false;
  copy["restoreDate"] = "2026-01-01";
  const Refused failed = papersail.refused("CopySnapshot", copy);
  CHECK(failed.type == "OperationFailureException");
  CHECK(failed.message == "The automatic snapshot of 2026-01-01 has failed.");
}

TEST_CASE_FIXTURE(
    Snapshots, "GetAutoSnapshots: returns no snapshots if never enabled and refuses other types") {
  CHECK(dates("web").empty());
  CHECK(refused("GetAutoSnapshots", {{"resourceName", "nope"}}).type == "NotFoundException");
  snapshot_disk("data", "data-1");
  const Refused refusal = refused("GetAutoSnapshots", {{"resourceName", "data-1"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "The resource type, DiskSnapshot, has neither add-ons nor automatic snapshots.");
}

TEST_CASE_FIXTURE(
    Snapshots,
    "GetAutoSnapshots: returns no snapshots of a deleted resource for a new one of its name") {
  enable("web");
  advance(days(3));
  call("DeleteInstance", {{"instanceName", "web"}, {"forceDeleteAddOns", true}});
  CHECK(refused("GetAutoSnapshots", {{"resourceName", "web"}}).type == "NotFoundException");
  launch("web");
  CHECK(dates("web").empty());
}

TEST_CASE_FIXTURE(Snapshots, "DeleteAutoSnapshot: returns an operation in the recorded form") {
  enable("web");
  advance(days(2));
  const json operations =
      call("DeleteAutoSnapshot", {{"resourceName", "web"}, {"date", "2026-01-01"}})["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteAutoSnapshot");
  CHECK(operations[0]["operationDetails"] == "DeleteAutoSnapshot-2026-01-01");
  CHECK(operations[0]["resourceName"] == "web");
  CHECK(operations[0]["resourceType"] == "Instance");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(operations[0]["isTerminal"] == true);
  CHECK(operations[0]["location"] ==
        json({{"availabilityZone", "us-east-1"}, {"regionName", "us-east-1"}}));
  CHECK_FALSE(operations[0].contains("statusChangedAt"));
  CHECK(dates("web") == std::vector<std::string>{"2026-01-02"});
  CHECK(status(operations[0]) == "Succeeded");
  const Refused gone =
      refused("DeleteAutoSnapshot", {{"resourceName", "web"}, {"date", "2026-01-01"}});
  CHECK(gone.type == "NotFoundException");
  CHECK(gone.message == "The AutoSnapshot does not exist: 2026-01-01");
  CHECK(instance("web")["location"]["availabilityZone"] == "us-east-1a");
}

TEST_CASE_FIXTURE(Snapshots, "GetAutoSnapshots: returns none if the hour was changed to no time") {
  launch("new", {{"addOns",
                  {{{"addOnType", "AutoSnapshot"},
                    {"autoSnapshotAddOnRequest", {{"snapshotTimeOfDay", "06:00"}}}}}}});
  const std::string path = "/_papersail/accounts/000000000000/resources/us-east-1/new";
  json add_ons = control("GET", path).at("document").at("addOns");
  for (const char* time : {"soon", "", "6", "25:00"}) {
    CAPTURE(time);
    add_ons[0]["snapshotTimeOfDay"] = time;
    control("PATCH", path, {{"addOns", add_ons}});
    advance(days(2));
    CHECK(dates("new").empty());
  }
  disable("new");
  enable("new", "07:00");
  advance(days(1));
  CHECK(dates("new").size() == 1);
}

}  // namespace papersail
