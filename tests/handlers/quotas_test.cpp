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

// Recorded, with a limit of 0.
std::string words(const std::string& things, int limit) {
  return "Sorry, you've reached your maximum limit of Lightsail " + things + " : " +
         std::to_string(limit) +
         ".\nIf you're new to Lightsail, please try again later. If the issue persists, please "
         "contact Customer Support.";
}

}  // namespace

TEST_CASE_FIXTURE(Limited, "quotas: twenty instances in a region, all or none of a call") {
  call("CreateInstances", instances(0, 19));
  const Refused refusal = refused("CreateInstances", instances(19, 2));
  CHECK(refusal.status == 400);
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "InvalidParams");
  CHECK(refusal.message == words("Instances", 20));
  CHECK(call("GetInstances")["instances"].size() == 19);
  call("CreateInstances", instances(19, 1));
  CHECK(refused("CreateInstances", instances(20, 1)).message == words("Instances", 20));
}

TEST_CASE_FIXTURE(Limited, "quotas: of one region and one account; what is gone makes room") {
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

TEST_CASE_FIXTURE(Limited, "quotas: an account's own count instead of the service's") {
  account().quotas["Instance"] = 0;
  CHECK(refused("CreateInstances", instances(0, 1)).message == words("Instances", 0));
  account().quotas["Instance"] = std::nullopt;
  call("CreateInstances", instances(0, 250));
  account().quotas["Instance"] = 251;  // more than a page of them
  call("CreateInstances", instances(250, 1));
  CHECK(refused("CreateInstances", instances(251, 1)).message == words("Instances", 251));
}

TEST_CASE_FIXTURE(Limited, "quotas: key pairs have none unless one is set") {
  account().quotas["KeyPair"] = 1;
  call("CreateKeyPair", {{"keyPairName", "first"}});
  CHECK(refused("CreateKeyPair", {{"keyPairName", "second"}}).message == words("Key Pairs", 1));
  const json key = {{"keyPairName", "second"},
                    {"publicKeyBase64", call("DownloadDefaultKeyPair")["publicKeyBase64"]}};
  CHECK(refused("ImportKeyPair", key).message == words("Key Pairs", 1));
  account().quotas.erase("KeyPair");
  call("ImportKeyPair", key);
}

TEST_CASE_FIXTURE(Limited, "quotas: snapshots have none unless one is set; copies count") {
  call("CreateInstances", instances(0, 1));
  advance(minutes(5));
  account().quotas["InstanceSnapshot"] = 1;
  const auto snapshot = [](const char* name) {
    return json({{"instanceName", "web-0"}, {"instanceSnapshotName", name}});
  };
  call("CreateInstanceSnapshot", snapshot("one"));
  CHECK(refused("CreateInstanceSnapshot", snapshot("two")).message ==
        words("Instance Snapshots", 1));
  advance(hours(1));
  CHECK(refused("CopySnapshot", {{"sourceSnapshotName", "one"},
                                 {"sourceRegion", "us-east-1"},
                                 {"targetSnapshotName", "two"}})
            .message == words("Instance Snapshots", 1));
}

TEST_CASE_FIXTURE(Limited, "quotas: a firewall's sources can be fewer") {
  call("CreateInstances", instances(0, 1));
  account().quotas["FirewallSource"] = 2;
  const auto open = [](const json& cidrs) {
    return json(
        {{"instanceName", "web-0"},
         {"portInfo", {{"protocol", "tcp"}, {"fromPort", 22}, {"toPort", 22}, {"cidrs", cidrs}}}});
  };
  // Beside those of the ports that every machine begins with.
  CHECK(refused("OpenInstancePublicPorts", open({"10.0.0.0/8"})).code == "InvalidParams");
  account().quotas["FirewallSource"] = 3;
  call("OpenInstancePublicPorts", open({"10.0.0.0/8"}));
}

TEST_CASE("quotas.json: every row has a limit, and words for it") {
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
