#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct OneInstance : Emulator {
  // Has a running instance "web".
  OneInstance() {
    call("CreateInstances", {{"instanceNames", json::array({"web"})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
    advance(seconds(18));
  }
  json web() { return call("GetInstance", name)["instance"]; }
  std::string state() { return web()["state"]["name"]; }

  const json name = {{"instanceName", "web"}};
};

}  // namespace

TEST_CASE_FIXTURE(OneInstance, "GetInstances: returns the newest instance first") {
  call("CreateInstances", {{"instanceNames", {"bb", "aa"}},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "debian_12"},
                           {"bundleId", "nano_3_0"}});
  const json list = call("GetInstances");
  json names;
  for (const json& instance : list["instances"]) names.push_back(instance["name"]);
  CHECK(names == json({"aa", "bb", "web"}));
}

TEST_CASE_FIXTURE(OneInstance, "GetInstance: refuses an unknown name") {
  const Refused refusal = refused("GetInstance", {{"instanceName", "nope"}});
  CHECK(refusal.status == 400);
  CHECK(refusal.type == "NotFoundException");
  CHECK(refusal.code == "DoesNotExist");
  CHECK(refusal.message == "The Instance does not exist: nope");
}

TEST_CASE_FIXTURE(OneInstance,
                  "GetInstance: shows health on request, first initializing and then ok") {
  const json with_health = {{"instanceName", "web"}, {"includeHealthStatus", true}};
  const json initializing = json::parse(
      R"({"status": "initializing", "details": [{"name": "reachability", "status": "initializing"}]})");
  CHECK(call("GetInstance", with_health)["instance"]["instanceStatus"] == initializing);
  advance(minutes(2));
  const json fine =
      json::parse(R"({"status": "ok", "details": [{"name": "reachability", "status": "passed"}]})");
  CHECK(call("GetInstance", with_health)["instance"]["instanceStatus"] == fine);
  CHECK(call("GetInstance", with_health)["instance"]["systemStatus"] == fine);
  CHECK(call("GetInstances", {{"includeHealthStatus", true}})["instances"][0]["systemStatus"] ==
        fine);
  call("StopInstance", name);
  CHECK(call("GetInstance", with_health)["instance"]["systemStatus"]["status"] == "not-applicable");
}

TEST_CASE_FIXTURE(OneInstance,
                  "StopInstance: passes through stopping and releases the public address") {
  const json operation = call("StopInstance", name)["operations"][0];
  CHECK(operation["operationType"] == "StopInstance");
  CHECK(operation["status"] == "Started");
  CHECK(state() == "stopping");
  CHECK_FALSE(web().contains("publicIpAddress"));
  const std::string private_address = web()["privateIpAddress"];
  advance(seconds(30));
  CHECK(web()["state"] == json({{"code", 80}, {"name", "stopped"}}));
  CHECK(call("GetOperation", {{"operationId", operation["id"]}})["operation"]["status"] ==
        "Succeeded");
  CHECK(web()["privateIpAddress"] == private_address);
}

TEST_CASE_FIXTURE(OneInstance,
                  "StartInstance: passes through pending and assigns a new public address") {
  const json before = web();
  call("StopInstance", name);
  advance(seconds(30));
  const json operation = call("StartInstance", name)["operations"][0];
  CHECK(operation["operationType"] == "StartInstance");
  CHECK(operation["status"] == "Started");
  CHECK(state() == "pending");
  advance(seconds(18));
  CHECK(state() == "running");
  CHECK(web()["publicIpAddress"] != before["publicIpAddress"]);
  CHECK(web()["ipv6Addresses"] == before["ipv6Addresses"]);
}

TEST_CASE_FIXTURE(OneInstance, "StopInstance: stops a stopping instance if force is set") {
  call("StopInstance", name);
  CHECK(refused("StopInstance", name).type == "OperationFailureException");
  call("StopInstance", {{"instanceName", "web"}, {"force", true}});
  CHECK(state() == "stopped");
  CHECK(refused("StopInstance", {{"instanceName", "web"}, {"force", true}}).type ==
        "OperationFailureException");
}

TEST_CASE_FIXTURE(OneInstance, "RebootInstance: completes at once with empty details") {
  const json operation = call("RebootInstance", name)["operations"][0];
  CHECK(operation["operationType"] == "RebootInstance");
  CHECK(operation["status"] == "Succeeded");
  CHECK(operation["isTerminal"] == true);
  CHECK(operation["operationDetails"] == "");
  CHECK(state() == "running");
}

TEST_CASE_FIXTURE(OneInstance, "Start-, Stop-, RebootInstance: refuse a wrong state and name it") {
  const auto message = [&](const char* action) { return refused(action, name).message; };
  CHECK(message("StartInstance") ==
        "You can only start the instance when it is stopped. The current state of your instance "
        "is: running");
  call("StopInstance", name);
  for (const char* action : {"StartInstance", "StopInstance", "RebootInstance"}) {
    const Refused refusal = refused(action, name);
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message.ends_with("The current state of your instance is: stopping"));
  }
  advance(seconds(30));
  CHECK(message("StopInstance").ends_with("is: stopped"));
  CHECK(message("RebootInstance").ends_with("is: stopped"));
  call("StartInstance", name);
  CHECK(message("StartInstance").ends_with("is: pending"));
  CHECK(message("StopInstance").ends_with("is: pending"));
}

TEST_CASE_FIXTURE(OneInstance,
                  "DeleteInstance: deletes the instance at once and keeps its operations") {
  const json operations = call("DeleteInstance", name)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "DeleteInstance");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(refused("GetInstance", name).type == "NotFoundException");
  CHECK(refused("DeleteInstance", name).type == "NotFoundException");
  const json kept = call("GetOperationsForResource", {{"resourceName", "web"}})["operations"];
  REQUIRE(kept.size() == 2);
  CHECK(kept[0]["operationType"] == "DeleteInstance");
  CHECK(kept[1]["operationType"] == "CreateInstance");
}

TEST_CASE_FIXTURE(
    OneInstance,
    "DeleteInstance: refuses an instance with add-ons unless forceDeleteAddOns is set") {
  call("CreateInstances", {{"instanceNames", json::array({"kept"})},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "ubuntu_24_04"},
                           {"bundleId", "nano_3_0"},
                           {"addOns", json::parse(R"([{"addOnType": "AutoSnapshot"}])")}});
  const Refused refusal = refused("DeleteInstance", {{"instanceName", "kept"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "You cannot delete the Instance kept with addons. Specify the forceDeleteAddons parameter "
        "to delete the Instance and its associated addons.");
  call("DeleteInstance", {{"instanceName", "kept"}, {"forceDeleteAddOns", true}});
  CHECK(refused("GetInstance", {{"instanceName", "kept"}}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(OneInstance,
                  "StartInstance: moves to another bundle generation with attributeUpdates") {
  call("CreateInstances", {{"instanceNames", json::array({"old"})},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "ubuntu_24_04"},
                           {"bundleId", "small_3_0"}});
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/old",
          {{"bundleId", "small_2_0"}});
  advance(seconds(18));
  const auto restart = [&](const char* bundle) {
    call("StopInstance", {{"instanceName", "old"}});
    advance(seconds(30));
    call("StartInstance", {{"instanceName", "old"}, {"attributeUpdates", {{"bundleId", bundle}}}});
    advance(seconds(18));
    return call("GetInstance", {{"instanceName", "old"}})["instance"];
  };
  const json updated = restart("auto");
  CHECK(updated["bundleId"] == "small_3_0");
  CHECK(updated["hardware"]["cpuCount"] == 2);
  CHECK(restart("small_2_0")["bundleId"] == "small_2_0");
  call("StopInstance", {{"instanceName", "old"}});
  advance(seconds(30));
  for (const char* bundle : {"medium_3_0", "small_1_0"}) {
    CHECK(refused("StartInstance",
                  {{"instanceName", "old"}, {"attributeUpdates", {{"bundleId", bundle}}}})
              .type == "InvalidInputException");
  }
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/old",
          {{"bundleId", "small_1_0"}});
  CHECK(refused("StartInstance",
                {{"instanceName", "old"}, {"attributeUpdates", {{"bundleId", "medium_2_0"}}}})
            .message ==
        "The instance old cannot be updated from the bundle small_1_0 to "
        "medium_2_0.");
  CHECK(call("GetInstanceState", {{"instanceName", "old"}})["state"]["name"] == "stopped");
}

TEST_CASE_FIXTURE(OneInstance, "StartInstance: refuses to update a bundle id without numbers") {
  call("StopInstance", name);
  advance(seconds(30));
  for (const char* id : {"custom", "", "_", "nano_big_0", "nano__0", "nano_99999999999_0"}) {
    CAPTURE(id);
    control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/web",
            {{"bundleId", id}});
    for (const std::string to : {"auto", "nano_3_0"}) {
      const Refused refusal = refused(
          "StartInstance", {{"instanceName", "web"}, {"attributeUpdates", {{"bundleId", to}}}});
      CHECK(refusal.type == "InvalidInputException");
      CHECK(refusal.message == "The instance web cannot be updated from the bundle " +
                                   std::string(id) + " to " + to + ".");
    }
    CHECK(
        refused("SetIpAddressType",
                {{"resourceType", "Instance"}, {"resourceName", "web"}, {"ipAddressType", "ipv6"}})
            .type == "InvalidInputException");
  }
}

}  // namespace papersail
