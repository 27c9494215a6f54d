#include "fixtures/fixtures.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Limited : Emulator {
  static json instances(int from, int count) {
    json names = json::array();
    for (int i = 0; i < count; ++i) names.push_back("web-" + std::to_string(from + i));
    return {{"instanceNames", names},
            {"availabilityZone", "us-east-1a"},
            {"blueprintId", "ubuntu_24_04"},
            {"bundleId", "nano_3_0"}};
  }
};

// Recorded with a limit of 0.
std::string limit_message(const std::string& things, int limit) {
  return "Sorry, you've reached your maximum limit of Lightsail " + things + " : " +
         std::to_string(limit) +
         ".\nIf you're new to Lightsail, please try again later. If the issue persists, please "
         "contact Customer Support.";
}

}  // namespace

TEST_CASE_FIXTURE(Limited,
                  "Quotas: allow twenty instances in a region and refuse a whole call above that") {
  call("CreateInstances", instances(0, 19));
  const Refused refusal = refused("CreateInstances", instances(19, 2));
  CHECK(refusal.status == 400);
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "InvalidParams");
  CHECK(refusal.message == limit_message("Instances", 20));
  CHECK(call("GetInstances")["instances"].size() == 19);
  call("CreateInstances", instances(19, 1));
  CHECK(refused("CreateInstances", instances(20, 1)).message == limit_message("Instances", 20));
}

TEST_CASE_FIXTURE(Limited,
                  "Quotas: apply to one region of one account and count no deleted resources") {
  call("CreateInstances", instances(0, 20));
  act_as("123456789012");
  call("CreateInstances", instances(0, 20));
  act_as("test", "eu-west-1");
  json there = instances(0, 20);
  there["availabilityZone"] = "eu-west-1a";
  call("CreateInstances", there);
  act_as("test");
  call("DeleteInstance", {{"instanceName", "web-7"}});
  call("CreateInstances", instances(20, 1));
}

TEST_CASE_FIXTURE(Limited, "Quotas: use the account's own limit instead of the service's") {
  account().quotas["Instance"] = 0;
  CHECK(refused("CreateInstances", instances(0, 1)).message == limit_message("Instances", 0));
  account().quotas["Instance"] = std::nullopt;
  call("CreateInstances", instances(0, 250));
  account().quotas["Instance"] = 251;  // more than a page of instances
  call("CreateInstances", instances(250, 1));
  CHECK(refused("CreateInstances", instances(251, 1)).message == limit_message("Instances", 251));
}

TEST_CASE_FIXTURE(Limited, "Quotas: limit key pairs only if the account sets a limit") {
  account().quotas["KeyPair"] = 1;
  call("CreateKeyPair", {{"keyPairName", "first"}});
  CHECK(refused("CreateKeyPair", {{"keyPairName", "second"}}).message ==
        limit_message("Key Pairs", 1));
  const json key = {{"keyPairName", "second"},
                    {"publicKeyBase64", call("DownloadDefaultKeyPair")["publicKeyBase64"]}};
  CHECK(refused("ImportKeyPair", key).message == limit_message("Key Pairs", 1));
  account().quotas.erase("KeyPair");
  call("ImportKeyPair", key);
}

TEST_CASE_FIXTURE(Limited,
                  "Quotas: limit snapshots, with copies, only if the account sets a limit") {
  call("CreateInstances", instances(0, 1));
  advance(minutes(5));
  account().quotas["InstanceSnapshot"] = 1;
  const auto snapshot = [](const char* name) {
    return json({{"instanceName", "web-0"}, {"instanceSnapshotName", name}});
  };
  call("CreateInstanceSnapshot", snapshot("one"));
  CHECK(refused("CreateInstanceSnapshot", snapshot("two")).message ==
        limit_message("Instance Snapshots", 1));
  advance(hours(1));
  CHECK(refused("CopySnapshot", {{"sourceSnapshotName", "one"},
                                 {"sourceRegion", "us-east-1"},
                                 {"targetSnapshotName", "two"}})
            .message == limit_message("Instance Snapshots", 1));
}

TEST_CASE_FIXTURE(Limited, "Quotas: limit the sources of a firewall to the account's own limit") {
  call("CreateInstances", instances(0, 1));
  account().quotas["FirewallSource"] = 2;
  const auto open = [](const json& cidrs) {
    return json(
        {{"instanceName", "web-0"},
         {"portInfo", {{"protocol", "tcp"}, {"fromPort", 22}, {"toPort", 22}, {"cidrs", cidrs}}}});
  };
  // Every instance begins with two IPv4 sources, one for each default port.
  CHECK(refused("OpenInstancePublicPorts", open({"10.0.0.0/8"})).code == "InvalidParams");
  account().quotas["FirewallSource"] = 3;
  call("OpenInstancePublicPorts", open({"10.0.0.0/8"}));
}

TEST_CASE_FIXTURE(Limited, "CreateInstances: checks the quota before the names") {
  json twice = instances(0, 21);
  twice["instanceNames"][20] = "web-0";
  CHECK(refused("CreateInstances", twice).message == limit_message("Instances", 20));
}

TEST_CASE_FIXTURE(Limited, "CreateInstances: refuses more than a thousand names") {
  account().quotas["Instance"] = std::nullopt;
  CHECK(refused("CreateInstances", instances(0, 40'000)).message ==
        "A call can create at most 1000 instances.");
  CHECK(call("CreateInstances", instances(0, 1000))["operations"].size() == 1000);
}

TEST_CASE_FIXTURE(Limited, "CreateDisk: refuses more disks or a larger total than the quotas") {
  const auto disk = [](const char* name, int size) {
    return json({{"diskName", name}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", size}});
  };
  call("CreateDisk", disk("data-a", 16'000));
  CHECK(refused("CreateDisk", disk("data-b", 4001)).message ==
        "You've reached the maximum size limit of all disks in this account.");
  call("CreateDisk", disk("data-b", 4000));
  account().quotas["DiskSizeInGb"] = std::nullopt;
  call("CreateDisk", disk("data-c", 16'384));
  account().quotas["Disk"] = 3;
  CHECK(refused("CreateDisk", disk("data-d", 8)).message ==
        "You've reached the limit of disks in this account.");
}

TEST_CASE_FIXTURE(Limited, "GetInstances: shows the health of the instances of every page") {
  account().quotas["Instance"] = std::nullopt;
  call("CreateInstances", instances(0, 250));
  const json first = call("GetInstances", {{"includeHealthStatus", true}});
  const json rest =
      call("GetInstances", {{"includeHealthStatus", true}, {"pageToken", first["nextPageToken"]}});
  CHECK(first["instances"].size() == 200);
  CHECK(rest["instances"].size() == 50);
  CHECK(rest["instances"][49]["name"] == "web-0");
  CHECK(rest["instances"][49]["systemStatus"]["status"] == "not-applicable");
  CHECK_FALSE(rest.contains("nextPageToken"));
}

TEST_CASE("quotas.json: has a limit and a message for every row") {
  const json rows = json::parse(*fixture("quotas.json")).at("quotas");
  for (const auto& item : rows.items()) {
    const std::string name = item.key();
    const json& row = item.value();
    CAPTURE(name);
    CHECK((row.at("limit").is_null() || row.at("limit").is_number_unsigned()));
    CHECK(row.contains("message") != row.contains("things"));
  }
}

}  // namespace papersail
