#include <regex.h>

#include <string>

#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

json request(const json& members = json::object()) {
  json out = {{"instanceNames", json::array({"web"})},
              {"availabilityZone", "us-east-1a"},
              {"blueprintId", "ubuntu_24_04"},
              {"bundleId", "nano_3_0"}};
  out.update(members);
  return out;
}

// std::regex overflows the stack in this toolchain.
bool matches(const json& value, const std::string& pattern) {
  regex_t compiled;
  REQUIRE(regcomp(&compiled, ("^" + pattern + "$").c_str(), REG_EXTENDED | REG_NOSUB) == 0);
  const bool found = regexec(&compiled, value.get<std::string>().c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
}

const std::string uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

}  // namespace

TEST_CASE_FIXTURE(Emulator, "CreateInstances: returns one Started operation for each name") {
  const json operations = call(
      "CreateInstances", request({{"instanceNames", {"web-1", "web-2", "web-3"}}}))["operations"];
  REQUIRE(operations.size() == 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(operations[i]["resourceName"] == "web-" + std::to_string(i + 1));
    CHECK(operations[i]["resourceType"] == "Instance");
    CHECK(operations[i]["operationType"] == "CreateInstance");
    CHECK(operations[i]["status"] == "Started");
    CHECK(operations[i]["isTerminal"] == false);
    CHECK(operations[i]["createdAt"] == test_start / 1000.0);
    CHECK(operations[i]["statusChangedAt"] == operations[i]["createdAt"]);
    CHECK(operations[i]["location"] ==
          json({{"availabilityZone", "us-east-1a"}, {"regionName", "us-east-1"}}));
    CHECK_FALSE(operations[i].contains("operationDetails"));
    CHECK(matches(operations[i]["id"], uuid));
  }
}

TEST_CASE_FIXTURE(
    Emulator, "CreateInstances: returns an operation that lasts until the instance is running") {
  const json id = call("CreateInstances", request())["operations"][0]["id"];
  advance(17899);
  CHECK(call("GetOperation", {{"operationId", id}})["operation"]["status"] == "Started");
  CHECK(call("GetInstanceState", {{"instanceName", "web"}})["state"] ==
        json({{"code", 0}, {"name", "pending"}}));
  advance(1);
  const json operation = call("GetOperation", {{"operationId", id}})["operation"];
  CHECK(operation["status"] == "Succeeded");
  CHECK(operation["isTerminal"] == true);
  CHECK(operation["statusChangedAt"] == (test_start + 17900) / 1000.0);
  CHECK(call("GetInstanceState", {{"instanceName", "web"}})["state"] ==
        json({{"code", 16}, {"name", "running"}}));
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: creates a document in the recorded form") {
  call("CreateInstances", request({{"tags", {{{"key", "env"}, {"value", "test"}}}}}));
  advance(seconds(18));
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(web["name"] == "web");
  CHECK(matches(web["arn"], "arn:aws:lightsail:us-east-1:000000000000:Instance/" + uuid));
  CHECK(matches(web["supportCode"], "[0-9]{12}/i-[0-9a-f]{17}"));
  CHECK(web["blueprintId"] == "ubuntu_24_04");
  CHECK(web["blueprintName"] == "Ubuntu");
  CHECK(web["bundleId"] == "nano_3_0");
  CHECK_FALSE(web.contains("addOns"));
  CHECK(web["isStaticIp"] == false);
  CHECK(matches(web["privateIpAddress"], "172\\.26\\.[0-9]+\\.[0-9]+"));
  CHECK(matches(web["publicIpAddress"], "3\\.80\\.[0-9]+\\.[0-9]+"));
  CHECK(matches(web["ipv6Addresses"][0], "2600:1f18(:(0|[1-9a-f][0-9a-f]{0,3})){6}"));
  CHECK(web["ipAddressType"] == "dualstack");
  CHECK(web["username"] == "ubuntu");
  CHECK(web["sshKeyName"] == "LightsailDefaultKeyPair");
  CHECK(web["tags"] == json::parse(R"([{"key": "env", "value": "test"}])"));
  CHECK(web["metadataOptions"] ==
        json::parse(R"({"state": "applied", "httpTokens": "required", "httpEndpoint": "enabled",
                        "httpPutResponseHopLimit": 1, "httpProtocolIpv6": "disabled"})"));
  CHECK(web["hardware"]["cpuCount"] == 2);
  CHECK(web["hardware"]["ramSizeInGb"] == 0.5);
  const json disk = {{"createdAt", test_start / 1000.0},
                     {"sizeInGb", 20},
                     {"isSystemDisk", true},
                     {"iops", 100},
                     {"path", "/dev/sda1"},
                     {"attachedTo", "web"},
                     {"attachmentState", "attached"}};
  CHECK(web["hardware"]["disks"] == json::array({disk}));
  CHECK(web["networking"]["monthlyTransfer"]["gbPerMonthAllocated"] == 1024);
  CHECK(web["networking"]["ports"].size() == 2);
  CHECK(web["networking"]["ports"][0]["fromPort"] == 80);
  CHECK(web["networking"]["ports"][1]["fromPort"] == 22);
  CHECK_FALSE(web.contains("userData"));
  CHECK_FALSE(web.contains("instanceStatus"));
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: sets three IOPS for each GB of larger disks") {
  call("CreateInstances", request({{"bundleId", "small_3_0"}}));
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(web["hardware"]["disks"][0]["sizeInGb"] == 60);
  CHECK(web["hardware"]["disks"][0]["iops"] == 180);
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: assigns the addresses of the ipAddressType") {
  call("CreateInstances", request({{"ipAddressType", "ipv4"}}));
  const json v4 = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(v4.contains("publicIpAddress"));
  CHECK(v4["ipv6Addresses"] == json::array());
  call("CreateInstances", request({{"instanceNames", json::array({"six"})},
                                   {"bundleId", "nano_ipv6_3_0"},
                                   {"ipAddressType", "ipv6"}}));
  const json v6 = call("GetInstance", {{"instanceName", "six"}})["instance"];
  CHECK_FALSE(v6.contains("publicIpAddress"));
  CHECK(v6["ipv6Addresses"].size() == 1);
  CHECK(v6["networking"]["ports"][0]["cidrs"].empty());
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: enables add-ons at once") {
  call("CreateInstances",
       request({{"addOns", json::parse(R"([{"addOnType": "AutoSnapshot", "autoSnapshotAddOnRequest":
                                            {"snapshotTimeOfDay": "04:00"}}])")}}));
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(web["addOns"] == json::parse(R"([{"name": "AutoSnapshot", "status": "Enabled",
      "snapshotTimeOfDay": "04:00", "nextSnapshotTimeOfDay": "04:00"}])"));
}

TEST_CASE_FIXTURE(Emulator,
                  "CreateInstances: uses the region's default hour for automatic snapshots") {
  act_as("test", "eu-west-1");
  call("CreateInstances", request({{"availabilityZone", "eu-west-1a"},
                                   {"addOns", json::parse(R"([{"addOnType": "AutoSnapshot"}])")}}));
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(web["addOns"][0]["snapshotTimeOfDay"] == "22:00");
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: uses the bundle ids and the transfer of the region") {
  act_as("test", "ap-southeast-2");
  const json zone = {{"availabilityZone", "ap-southeast-2a"}};
  json wanted = request(zone);
  wanted["bundleId"] = "nano_3_2";
  call("CreateInstances", wanted);
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(web["networking"]["monthlyTransfer"]["gbPerMonthAllocated"] == 512);
  CHECK(refused("CreateInstances", request(zone)).type == "NotFoundException");
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: refuses inactive bundles and blueprints") {
  const auto refused_as_unknown = [&](const char* member, const std::string& id,
                                      const std::string& message) {
    const Refused refusal = refused("CreateInstances", request({{member, id}}));
    CHECK(refusal.type == "NotFoundException");
    CHECK(refusal.code == "DoesNotExist");
    CHECK(refusal.message == message + id);
  };
  const json all = {{"includeInactive", true}};
  const json bundles = call("GetBundles", all)["bundles"];
  for (const json& bundle : bundles) {
    if (bundle["isActive"]) continue;
    refused_as_unknown("bundleId", bundle["bundleId"],
                       "The specified bundle does not exist in this region: ");
  }
  const json blueprints = call("GetBlueprints", all)["blueprints"];
  for (const json& blueprint : blueprints) {
    if (blueprint["isActive"]) continue;
    refused_as_unknown("blueprintId", blueprint["blueprintId"],
                       "The specified blueprint does not exist in this region: ");
  }
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: refuses invalid input and changes nothing") {
  struct {
    json change;
    std::string type, message;
  } const cases[] = {
      {{{"addOns",
         json::parse(R"([{"addOnType": "AutoSnapshot"}, {"addOnType": "AutoSnapshot"}])")}},
       "InvalidInputException",
       "The add-on AutoSnapshot is given twice."},
      {{{"availabilityZone", "eu-west-1a"}},
       "InvalidInputException",
       "The given Availability Zone is invalid. It must be one of the following: us-east-1a,"
       "us-east-1b,us-east-1c,us-east-1d,us-east-1e,us-east-1f."},
      {{{"bundleId", "nano_9_0"}},
       "NotFoundException",
       "The specified bundle does not exist in this region: nano_9_0"},
      {{{"blueprintId", "beos"}},
       "NotFoundException",
       "The specified blueprint does not exist in this region: beos"},
      {{{"bundleId", "nano_win_3_0"}},
       "InvalidInputException",
       "The bundle nano_win_3_0 cannot be used with the blueprint ubuntu_24_04: it does not "
       "support the platform LINUX_UNIX."},
      {{{"blueprintId", "windows_server_2022"}},
       "InvalidInputException",
       "The bundle nano_3_0 cannot be used with the blueprint windows_server_2022: it does not "
       "support the platform WINDOWS."},
      {{{"blueprintId", "gitlab"}},
       "InvalidInputException",
       "The bundle nano_3_0 cannot be used with the blueprint gitlab: its power is 298, at least "
       "2000 is needed."},
      {{{"bundleId", "app_standard_xl_1_0"}},
       "InvalidInputException",
       "The bundle app_standard_xl_1_0 cannot be used with the blueprint ubuntu_24_04: only one of "
       "them is for Lightsail for Research."},
      {{{"ipAddressType", "ipv6"}},
       "InvalidInputException",
       "The bundle nano_3_0 does not support the IP address type ipv6."},
      {{{"bundleId", "nano_ipv6_3_0"}},
       "InvalidInputException",
       "The bundle nano_ipv6_3_0 does not support the IP address type dualstack."},
      {{{"keyPairName", "mine"}}, "NotFoundException", "The KeyPair does not exist: mine"},
      {{{"instanceNames", json::array()}}, "InvalidInputException", "No instance names are given."},
      {{{"instanceNames", json::array({"we b"})}},
       "InvalidInputException",
       "we b is not a valid resource name. Resource names must be at least 2 characters long and "
       "contain only alphanumerics, -, _, and ."},
      {{{"instanceNames", json::array({"ok", "ok"})}},
       "InvalidInputException",
       "Some names are already in use: ok"},
      {{{"userData", std::string(16385, '#')}},
       "InvalidInputException",
       "The user data is larger than 16 KB."},
      {{{"tags", json::parse(R"([{"key": "aws:x"}])")}},
       "InvalidInputException",
       "The tag key \"aws:x\" must not begin with aws:, which is reserved."},
      {{{"addOns", json::parse(R"([{"addOnType": "AutoSnapshot", "autoSnapshotAddOnRequest":
                                    {"snapshotTimeOfDay": "04:30"}}])")}},
       "InvalidInputException",
       "The snapshot time of day must be on the hour: 04:30"},
      {{{"addOns", json::parse(R"([{"addOnType": "StopInstanceOnIdle"}])")}},
       "InvalidInputException",
       "StopInstanceOnIdle is for Lightsail for Research instances only."},
  };
  for (const auto& [change, type, message] : cases) {
    const Refused refusal = refused("CreateInstances", request(change));
    CHECK(refusal.type == type);
    CHECK(refusal.message == message);
    CHECK(refusal.status == 400);
  }
  CHECK(call("GetInstances")["instances"].empty());
  CHECK(call("GetOperations")["operations"].empty());
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: refuses the whole call if one name is in use") {
  call("CreateInstances", request());
  call("ImportKeyPair", {{"keyPairName", "key"},
                         {"publicKeyBase64",
                          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICN3dYEBCwHAf8peta4enA1z2FJ4cDg7Lxln"
                          "Lyh5OwwF"}});
  const Refused refusal =
      refused("CreateInstances", request({{"instanceNames", {"new", "web", "key"}}}));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "NameExists");
  CHECK(refusal.message == "Some names are already in use: web, key");
  CHECK(call("GetInstances")["instances"].size() == 1);
}

TEST_CASE_FIXTURE(Emulator, "CreateInstances: keeps accounts and regions separate") {
  call("CreateInstances", request());
  act_as("test", "us-east-2");
  CHECK(call("GetInstances")["instances"].empty());
  CHECK(refused("GetInstance", {{"instanceName", "web"}}).type == "NotFoundException");
  call("CreateInstances", request({{"availabilityZone", "us-east-2b"}}));
  act_as("111111111111");
  CHECK(call("GetInstances")["instances"].empty());
  CHECK(call("GetActiveNames")["activeNames"].empty());
  call("CreateInstances", request());
  CHECK(matches(call("GetInstance", {{"instanceName", "web"}})["instance"]["arn"],
                "arn:aws:lightsail:us-east-1:111111111111:Instance/" + uuid));
}

}  // namespace papersail
