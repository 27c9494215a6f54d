#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct WithMetadata : Emulator {
  WithMetadata() {
    call("CreateInstances", {{"instanceNames", json::array({"web"})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "debian_12"},
                             {"bundleId", "nano_3_0"}});
    advance(seconds(18));
  }
  json update(json changes) {
    changes["instanceName"] = "web";
    return call("UpdateInstanceMetadataOptions", changes)["operation"];
  }
  json options() {
    return call("GetInstance", {{"instanceName", "web"}})["instance"]["metadataOptions"];
  }
};

}  // namespace

TEST_CASE_FIXTURE(WithMetadata,
                  "UpdateInstanceMetadataOptions: sets the state to pending, then to applied") {
  const json operation = update({{"httpTokens", "required"}});
  CHECK(operation["operationType"] == "UpdateInstanceMetadataOptions");
  CHECK(operation["resourceName"] == "web");
  CHECK(operation["status"] == "Succeeded");
  json expected = {{"state", "pending"},
                   {"httpTokens", "required"},
                   {"httpEndpoint", "enabled"},
                   {"httpPutResponseHopLimit", 1},
                   {"httpProtocolIpv6", "disabled"}};
  CHECK(options() == expected);
  advance(seconds(5));
  expected["state"] = "applied";
  CHECK(options() == expected);
}

TEST_CASE_FIXTURE(WithMetadata,
                  "UpdateInstanceMetadataOptions: keeps the values of omitted members") {
  update({{"httpTokens", "required"}, {"httpPutResponseHopLimit", 2}});
  update({{"httpProtocolIpv6", "enabled"}});
  update({{"httpEndpoint", "disabled"}});
  advance(seconds(5));
  CHECK(options() == json({{"state", "applied"},
                           {"httpTokens", "required"},
                           {"httpEndpoint", "disabled"},
                           {"httpPutResponseHopLimit", 2},
                           {"httpProtocolIpv6", "enabled"}}));
}

TEST_CASE_FIXTURE(WithMetadata,
                  "UpdateInstanceMetadataOptions: refuses a hop limit outside 1 to 64") {
  for (const int limit : {0, 65, -1}) {
    const Refused refusal = refused("UpdateInstanceMetadataOptions",
                                    {{"instanceName", "web"}, {"httpPutResponseHopLimit", limit}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The httpPutResponseHopLimit " + std::to_string(limit) +
                                 " is not valid. It must be between 1 and 64.");
  }
  update({{"httpPutResponseHopLimit", 64}});
  CHECK(options()["httpPutResponseHopLimit"] == 64);
  CHECK(refused("UpdateInstanceMetadataOptions", {{"instanceName", "nope"}}).message ==
        "The Instance does not exist: nope");
}

}  // namespace papersail
