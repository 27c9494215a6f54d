#include <set>

#include "handlers/catalog.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const json* find(const json& list, const char* key, const std::string& value) {
  for (const json& entry : list) {
    if (entry.at(key) == value) return &entry;
  }
  return nullptr;
}

void check_unique(const json& list, const char* key) {
  std::set<std::string> seen;
  for (const json& entry : list) CHECK(seen.insert(entry.at(key)).second);
}

}  // namespace

TEST_CASE_FIXTURE(Emulator, "GetRegions: returns empty lists of zones unless they are requested") {
  const json regions = call("GetRegions")["regions"];
  CHECK(regions.size() == 19);
  CHECK(regions[0]["availabilityZones"].empty());
  CHECK(regions[0]["relationalDatabaseAvailabilityZones"].empty());
  const json zones = call("GetRegions", {{"includeAvailabilityZones", true}})["regions"][0];
  CHECK(zones["availabilityZones"][0] ==
        json({{"zoneName", "us-east-1a"}, {"state", "available"}}));
  CHECK(zones["relationalDatabaseAvailabilityZones"].empty());
}

TEST_CASE_FIXTURE(
    Emulator, "GetRegions: returns zones in both lists whose names begin with the region's name") {
  const json regions = call("GetRegions", {{"includeAvailabilityZones", true},
                                           {"includeRelationalDatabaseAvailabilityZones", true}})
                           .at("regions");
  check_unique(regions, "name");
  for (const json& region : regions) {
    const std::string name = region["name"];
    for (const char* list : {"availabilityZones", "relationalDatabaseAvailabilityZones"}) {
      CHECK(region[list].size() >= 2);
      for (const json& zone : region[list]) {
        CHECK(zone["zoneName"].get<std::string>().starts_with(name));
        CHECK(zone["state"] == "available");
      }
    }
    CHECK_NOTHROW(require_zone(name, region["availabilityZones"][0]["zoneName"]));
  }
  CHECK_THROWS_WITH_AS(require_zone("us-east-2", "us-east-1a"),
                       "The given Availability Zone is invalid. It must be one of the following: "
                       "us-east-2a,us-east-2b,us-east-2c.",
                       ApiError);
}

TEST_CASE_FIXTURE(Emulator,
                  "GetBlueprints: returns active blueprints unless includeInactive is set") {
  const json active = call("GetBlueprints")["blueprints"];
  const json all = call("GetBlueprints", {{"includeInactive", true}})["blueprints"];
  CHECK(active.size() > 30);
  CHECK(all.size() > active.size());
  check_unique(all, "blueprintId");
  for (const json& blueprint : active) CHECK(blueprint["isActive"] == true);
  CHECK(find(active, "blueprintId", "ubuntu_18_04") == nullptr);
  REQUIRE(find(all, "blueprintId", "ubuntu_18_04"));
  CHECK((*find(all, "blueprintId", "ubuntu_18_04"))["isActive"] == false);
}

TEST_CASE_FIXTURE(Emulator,
                  "GetBlueprints, GetBundles: return entries for research in a separate list") {
  for (const auto& [action, member, key] :
       {std::tuple("GetBlueprints", "blueprints", "blueprintId"),
        std::tuple("GetBundles", "bundles", "bundleId")}) {
    const json ordinary = call(action, {{"includeInactive", true}})[member];
    const json research = call(action, {{"appCategory", "LfR"}})[member];
    CHECK(research.size() >= 5);
    for (const json& entry : research) CHECK_FALSE(find(ordinary, key, entry[key]));
  }
}

TEST_CASE_FIXTURE(Emulator, "GetBundles: returns the region's own ids and transfer") {
  const auto bundles = [&](const char* region) {
    act_as("test", region);
    return call("GetBundles", {{"includeInactive", true}})["bundles"];
  };
  const json home = bundles("us-east-1");
  REQUIRE(find(home, "bundleId", "nano_3_0"));
  CHECK((*find(home, "bundleId", "nano_3_0"))["transferPerMonthInGb"] == 1024);
  for (const auto& [region, id] :
       {std::pair("ap-south-1", "nano_3_1"), std::pair("ap-southeast-2", "nano_3_2")}) {
    const json there = bundles(region);
    CHECK(there.size() == home.size());
    check_unique(there, "bundleId");
    REQUIRE(find(there, "bundleId", id));
    CHECK((*find(there, "bundleId", id))["transferPerMonthInGb"] == 512);
    CHECK_FALSE(find(there, "bundleId", "nano_3_0"));
  }
  CHECK(bundles("eu-west-1") == home);
}

TEST_CASE_FIXTURE(Emulator, "Catalogues: do not show papersail's own keys") {
  for (const char* action : {"GetBlueprints", "GetBundles", "GetRegions"}) {
    CHECK(call(action, json({{"includeInactive", true}})).dump().find("\"_") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(Emulator,
                  "GetBlueprints, GetBundles: return one page and refuse every page token") {
  for (const char* action : {"GetBlueprints", "GetBundles"}) {
    const json whole = call(action);
    CHECK_FALSE(whole.contains("nextPageToken"));
    CHECK(call(action, {{"pageToken", ""}}) == whole);
    const Refused refusal = refused(action, {{"pageToken", "abc"}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The page token is invalid: abc");
  }
}

TEST_CASE(
    "bundle: throws the recorded not_found error for a bundle that the region does not have") {
  CHECK(bundle("us-east-1", "nano_1_0").at("isActive") == false);
  CHECK(bundle("ap-south-1", "nano_3_1").at("bundleId") == "nano_3_1");
  for (const std::string id : {"nano_3_1", "none", "", "_", "nano_3_", "nano_3_00"}) {
    CHECK_THROWS_WITH_AS(bundle("us-east-1", id),
                         ("The specified bundle does not exist in this region: " + id).c_str(),
                         ApiError);
  }
  CHECK_THROWS_AS(bundle("ap-south-1", "nano_3_0"), ApiError);
  CHECK_THROWS_WITH_AS(active_bundle("us-east-1", "nano_1_0"),
                       "The specified bundle does not exist in this region: nano_1_0", ApiError);
  CHECK_THROWS_WITH_AS(blueprint("none"),
                       "The specified blueprint does not exist in this region: none", ApiError);
  CHECK(blueprint("amazon_linux_2").at("isActive") == false);
  CHECK_THROWS_WITH_AS(active_blueprint("amazon_linux_2"),
                       "The specified blueprint does not exist in this region: amazon_linux_2",
                       ApiError);
}

}  // namespace papersail
