#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {

TEST_CASE_FIXTURE(
    Snapshots,
    "EnableAddOn: enables snapshots at the region's default hour and shows them at once") {
  const json operations = enable("web");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "EnableAddOn");
  CHECK(operations[0]["resourceName"] == "web");
  CHECK(operations[0]["resourceType"] == "Instance");
  CHECK(status(operations[0]) == "Succeeded");
  CHECK(instance("web")["addOns"] == json::parse(R"([{"name": "AutoSnapshot", "status": "Enabled",
                         "snapshotTimeOfDay": "06:00", "nextSnapshotTimeOfDay": "06:00"}])"));
  enable("data", "17:00");
  CHECK(disk("data")["addOns"] == json::parse(R"([{"name": "AutoSnapshot", "status": "Enabled",
                         "snapshotTimeOfDay": "17:00", "nextSnapshotTimeOfDay": "17:00"}])"));
}

TEST_CASE_FIXTURE(Snapshots, "EnableAddOn: refuses a state that is already set") {
  enable("web", "05:00");
  for (const char* time : {"", "05:00"}) {
    const Refused refusal = enable_refused("web", time);
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The addOn is already in requested state");
  }
  enable("web", "07:00");
  CHECK(instance("web")["addOns"].size() == 1);
  CHECK(instance("web")["addOns"][0]["snapshotTimeOfDay"] == "07:00");
}

TEST_CASE_FIXTURE(
    Snapshots, "EnableAddOn: shows the old hour as the next one while its snapshot is still due") {
  enable("web", "06:00");
  go_to(hours(5) + minutes(45));
  enable("web", "04:00");
  const auto hours_shown = [&] {
    const json add_on = instance("web")["addOns"][0];
    return json({add_on["snapshotTimeOfDay"], add_on["nextSnapshotTimeOfDay"]});
  };
  CHECK(hours_shown() == json({"04:00", "06:00"}));
  go_to(hours(6));
  CHECK(hours_shown() == json({"04:00", "04:00"}));
}

TEST_CASE_FIXTURE(
    Snapshots, "EnableAddOn: shows a disk's new hour in time when the disk is detached meanwhile") {
  enable("data", "06:00");
  attach("data", "web", "/dev/xvdf");
  call("StopInstance", {{"instanceName", "web"}});
  go_to(hours(5) + minutes(45));
  enable("data", "04:00");
  call("DetachDisk", {{"diskName", "data"}});
  CHECK(disk("data")["addOns"][0]["nextSnapshotTimeOfDay"] == "06:00");
  go_to(hours(6));
  CHECK(disk("data")["addOns"][0]["nextSnapshotTimeOfDay"] == "04:00");
}

TEST_CASE_FIXTURE(Snapshots,
                  "EnableAddOn, DisableAddOn: replace a scheduled change of the next hour") {
  enable("web", "06:00");
  go_to(hours(5) + minutes(45));
  enable("web", "04:00");
  enable("web", "03:00");
  CHECK(instance("web")["addOns"][0]["nextSnapshotTimeOfDay"] == "06:00");
  go_to(hours(6));
  CHECK(instance("web")["addOns"][0]["nextSnapshotTimeOfDay"] == "03:00");
  go_to(days(1) + hours(2) + minutes(45));
  enable("web", "01:00");
  disable("web");
  go_to(days(1) + hours(4));
  CHECK(instance("web")["addOns"][0]["status"] == "Disabled");
  CHECK(dates("web") == std::vector<std::string>{"2026-01-01"});
}

TEST_CASE_FIXTURE(Snapshots, "DisableAddOn: keeps the entry and the snapshots") {
  enable("web", "05:00");
  advance(days(3));
  const json operations = disable("web");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DisableAddOn");
  CHECK(status(operations[0]) == "Succeeded");
  CHECK(instance("web")["addOns"] == json::parse(R"([{"name": "AutoSnapshot", "status": "Disabled",
                         "snapshotTimeOfDay": "05:00"}])"));
  advance(days(9));
  CHECK(dates("web") == std::vector<std::string>{"2026-01-03", "2026-01-02", "2026-01-01"});
  const Refused again =
      refused("DisableAddOn", {{"resourceName", "web"}, {"addOnType", "AutoSnapshot"}});
  CHECK(again.type == "InvalidInputException");
  CHECK(again.message == "The addOn is already in requested state");
  call("DeleteInstance", {{"instanceName", "web"}});
}

TEST_CASE_FIXTURE(
    Snapshots, "EnableAddOn: restores the earlier hour after a disable unless another is given") {
  enable("web", "05:00");
  disable("web");
  enable("web");
  CHECK(instance("web")["addOns"][0]["snapshotTimeOfDay"] == "05:00");
  CHECK(instance("web")["addOns"][0]["nextSnapshotTimeOfDay"] == "05:00");
  disable("web");
  enable("web", "09:00");
  CHECK(instance("web")["addOns"][0]["snapshotTimeOfDay"] == "09:00");
}

TEST_CASE_FIXTURE(Snapshots, "DisableAddOn: refuses an add-on that was never enabled") {
  const Refused refusal =
      refused("DisableAddOn", {{"resourceName", "web"}, {"addOnType", "AutoSnapshot"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "AutoSnapshot not enabled for the resource");
  CHECK_FALSE(instance("web").contains("addOns"));
}

TEST_CASE_FIXTURE(Snapshots, "EnableAddOn: refuses add-ons that the resource does not support") {
  CHECK(enable_refused("nope").type == "NotFoundException");
  CHECK(enable_refused("web", "05:30").message ==
        "The snapshot time of day must be on the hour: 05:30");
  snapshot_disk("data", "data-1");
  CHECK(enable_refused("data-1").message ==
        "The resource type, DiskSnapshot, has neither add-ons nor automatic snapshots.");
  launch("windows", {{"blueprintId", "windows_server_2022"}, {"bundleId", "small_win_3_0"}});
  CHECK(enable_refused("windows").message ==
        "Automatic snapshots are not supported for Windows instances.");
  for (const char* name : {"web", "data"}) {
    const Refused refusal =
        refused("EnableAddOn",
                {{"resourceName", name}, {"addOnRequest", {{"addOnType", "StopInstanceOnIdle"}}}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "StopInstanceOnIdle is for Lightsail for Research instances only.");
  }
}

TEST_CASE_FIXTURE(Snapshots, "CreateDisk, CreateInstances: refuse an add-on that is given twice") {
  const json twice = std::vector<json>(2, {{"addOnType", "AutoSnapshot"}});
  const json disk = {{"diskName", "other"},
                     {"availabilityZone", "us-east-1a"},
                     {"sizeInGb", 8},
                     {"addOns", twice}};
  CHECK(refused("CreateDisk", disk).message == "The add-on AutoSnapshot is given twice.");
  const json instance = {{"instanceNames", {"other"}},
                         {"availabilityZone", "us-east-1a"},
                         {"blueprintId", "ubuntu_24_04"},
                         {"bundleId", "nano_3_0"},
                         {"addOns", twice}};
  CHECK(refused("CreateInstances", instance).message == "The add-on AutoSnapshot is given twice.");
}

TEST_CASE_FIXTURE(Snapshots, "EnableAddOn: keeps StopInstanceOnIdle beside automatic snapshots") {
  launch("desk", {{"blueprintId", "lfr_ubuntu_1_0"}, {"bundleId", "app_standard_xl_1_0"}});
  const auto stop_on_idle = [&](const json& settings) -> json {
    return {{"resourceName", "desk"},
            {"addOnRequest",
             {{"addOnType", "StopInstanceOnIdle"}, {"stopInstanceOnIdleRequest", settings}}}};
  };
  call("EnableAddOn", stop_on_idle({{"threshold", "10"}, {"duration", "30"}}));
  enable("desk");
  CHECK(refused("EnableAddOn", stop_on_idle({{"duration", "30"}})).message ==
        "The addOn is already in requested state");
  call("EnableAddOn", stop_on_idle({{"duration", "45"}}));
  const json add_ons = instance("desk")["addOns"];
  REQUIRE(add_ons.size() == 2);
  CHECK(add_ons[0] == json::parse(R"({"name": "StopInstanceOnIdle", "status": "Enabled",
                                      "threshold": "10", "duration": "45"})"));
  CHECK(add_ons[1]["name"] == "AutoSnapshot");
  call("DisableAddOn", {{"resourceName", "desk"}, {"addOnType", "StopInstanceOnIdle"}});
  CHECK(instance("desk")["addOns"][0]["status"] == "Disabled");
  CHECK(instance("desk")["addOns"][1]["status"] == "Enabled");
}

TEST_CASE_FIXTURE(Snapshots, "CreateInstances: enables automatic snapshots of a new instance") {
  launch("kept", {{"addOns", json::parse(R"([{"addOnType": "AutoSnapshot",
      "autoSnapshotAddOnRequest": {"snapshotTimeOfDay": "02:00"}}])")}});
  advance(days(8));
  CHECK(dates("kept").size() == 7);
  CHECK(dates("kept").front() == "2026-01-08");
  disable("kept");
  advance(days(2));
  CHECK(dates("kept").front() == "2026-01-08");
}

}  // namespace papersail
