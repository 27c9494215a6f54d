#include <set>

#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Research : Emulator {
  // Has a pending research instance "lab".
  Research() { launch("lab", "lfr_rstudio_1_0", "app_standard_xl_1_0"); }

  void launch(const char* name, const char* blueprint, const char* bundle) {
    call("CreateInstances", {{"instanceNames", json::array({name})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", blueprint},
                             {"bundleId", bundle}});
  }
  json details() { return call("CreateGUISessionAccessDetails", name); }
  std::string status() { return details()["status"]; }
  void start() {
    call("StartGUISession", name);
    advance(seconds(30));
  }

  const json name = {{"resourceName", "lab"}};
};

}  // namespace

TEST_CASE_FIXTURE(Research, "StartGUISession: passes through starting and is started for an hour") {
  CHECK(status() == "settingUpInstance");
  advance(seconds(18));
  CHECK(status() == "notStarted");
  const json operations = call("StartGUISession", name)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "StartGUISession");
  CHECK(operations[0]["resourceType"] == "Instance");
  CHECK(operations[0]["resourceName"] == "lab");
  CHECK(operations[0]["status"] == "Started");
  advance(seconds(15));
  CHECK(status() == "starting");
  CHECK(details()["percentageComplete"] == 50);
  CHECK(details()["sessions"].empty());
  advance(seconds(15));
  CHECK(status() == "started");
  CHECK(details()["percentageComplete"] == 100);
  CHECK(call("GetOperation", {{"operationId", operations[0]["id"]}})["operation"]["status"] ==
        "Succeeded");
  advance(hours(1) - 1);
  CHECK(status() == "started");
  advance(1);
  CHECK(status() == "startExpired");
  CHECK(details()["sessions"].empty());
  start();
  CHECK(status() == "started");
}

TEST_CASE_FIXTURE(Research, "StartGUISession: extends an open session by an hour") {
  advance(seconds(18));
  start();
  advance(minutes(40));
  CHECK(call("StartGUISession", name)["operations"][0]["status"] == "Succeeded");
  advance(minutes(59));
  CHECK(status() == "started");
}

TEST_CASE_FIXTURE(Research,
                  "CreateGUISessionAccessDetails: returns two URLs that are new in each response") {
  advance(seconds(18));
  start();
  const json first = details(), second = details();
  CHECK(first["resourceName"] == "lab");
  REQUIRE(first["sessions"].size() == 2);
  CHECK(first["sessions"][0]["isPrimary"] == true);
  CHECK(first["sessions"][1]["isPrimary"] == false);
  std::set<std::string> urls;
  const std::string address =
      call("GetInstance", {{"instanceName", "lab"}})["instance"]["publicIpAddress"];
  for (const json* response : {&first, &second}) {
    for (const json& session : response->at("sessions")) {
      CHECK(session["url"].get<std::string>().starts_with("https://" + address));
      CHECK_FALSE(session["name"].get<std::string>().empty());
      urls.insert(session["url"]);
    }
  }
  CHECK(urls.size() == 4);
}

TEST_CASE_FIXTURE(Research, "StopGUISession: passes through stopping to stopped") {
  advance(seconds(18));
  start();
  const json operation = call("StopGUISession", name)["operations"][0];
  CHECK(operation["operationType"] == "StopGUISession");
  CHECK(operation["status"] == "Started");
  CHECK(status() == "stopping");
  advance(seconds(10));
  CHECK(status() == "stopped");
  start();
  CHECK(status() == "started");
}

TEST_CASE_FIXTURE(Research, "StopInstance: ends the GUI session") {
  advance(seconds(18));
  start();
  call("StopInstance", {{"instanceName", "lab"}});
  CHECK(status() == "stopped");
  CHECK(refused("StartGUISession", name).message ==
        "You can't start the GUI session right now. The current status of your session is: "
        "stopped");
  advance(seconds(30));
  call("StartInstance", {{"instanceName", "lab"}});
  CHECK(status() == "settingUpInstance");
  advance(seconds(18));
  CHECK(status() == "notStarted");
}

TEST_CASE_FIXTURE(Research,
                  "StartGUISession, StopGUISession: refuse a call that the status does not allow") {
  const auto message = [&](const char* action) {
    const Refused refusal = refused(action, name);
    CHECK(refusal.type == "InvalidInputException");
    return refusal.message;
  };
  CHECK(message("StartGUISession").ends_with("is: settingUpInstance"));
  advance(seconds(18));
  CHECK(message("StopGUISession").ends_with("is: notStarted"));
  call("StartGUISession", name);
  CHECK(message("StartGUISession").ends_with("is: starting"));
  CHECK(message("StopGUISession").ends_with("is: starting"));
  advance(seconds(30));
  call("StopGUISession", name);
  CHECK(message("StartGUISession").ends_with("is: stopping"));
}

TEST_CASE_FIXTURE(Research, "GUI session actions: refuse instances that are not for research") {
  launch("web", "ubuntu_24_04", "nano_3_0");
  for (const char* action :
       {"StartGUISession", "StopGUISession", "CreateGUISessionAccessDetails"}) {
    const Refused refusal = refused(action, {{"resourceName", "web"}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message ==
          "The instance web has no graphical user interface. GUI sessions are for Lightsail for "
          "Research instances only.");
    CHECK(refused(action, {{"resourceName", "nope"}}).type == "NotFoundException");
  }
}

}  // namespace papersail
