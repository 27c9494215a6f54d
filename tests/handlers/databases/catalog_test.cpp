#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

json ids(const json& entries, const char* key) {
  json out = json::array();
  for (const json& entry : entries) out.push_back(entry[key]);
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabaseBundles: returns the active bundles in order") {
  const json bundles = call("GetRelationalDatabaseBundles")["bundles"];
  CHECK(ids(bundles, "bundleId") ==
        json::array({"micro_2_0", "micro_ha_2_0", "small_2_0", "small_ha_2_0", "medium_2_0",
                     "medium_ha_2_0", "large_2_0", "large_ha_2_0", "xlarge_2_0", "xlarge_ha_2_0",
                     "2xlarge_2_0", "2xlarge_ha_2_0"}));
  CHECK(bundles[0] == json({{"bundleId", "micro_2_0"},
                            {"name", "Micro"},
                            {"price", 15.0},
                            {"ramSizeInGb", 1.0},
                            {"diskSizeInGb", 40},
                            {"transferPerMonthInGb", 100},
                            {"cpuCount", 2},
                            {"isEncrypted", true},
                            {"isActive", true}}));
}

TEST_CASE_FIXTURE(
    Databases,
    "GetRelationalDatabaseBundles: returns inactive bundles when includeInactive is set") {
  const json bundles = call("GetRelationalDatabaseBundles", {{"includeInactive", true}})["bundles"];
  CHECK(bundles.size() == 20);
  CHECK(bundles[12]["bundleId"] == "micro_1_0");
  CHECK(bundles[12]["isActive"] == false);
  CHECK(call("GetRelationalDatabaseBundles", {{"includeInactive", false}})["bundles"].size() == 12);
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseBlueprints: returns one default for each engine") {
  const json blueprints = call("GetRelationalDatabaseBlueprints")["blueprints"];
  CHECK(ids(blueprints, "blueprintId") ==
        json::array({"mysql_8_0", "mysql_8_4", "postgres_13", "postgres_14", "postgres_15",
                     "postgres_16", "postgres_17", "postgres_18"}));
  json defaults = json::array();
  for (const json& blueprint : blueprints) {
    if (blueprint["isEngineDefault"]) defaults.push_back(blueprint["engine"]);
  }
  CHECK(defaults == json::array({"mysql", "postgres"}));
  CHECK(blueprints[2] == json({{"blueprintId", "postgres_13"},
                               {"engine", "postgres"},
                               {"engineVersion", "13.22"},
                               {"engineDescription", "PostgreSQL"},
                               {"engineVersionDescription", "PostgreSQL 13.22-R1"},
                               {"isEngineDefault", false}}));
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseBundles: returns one page and refuses every page token") {
  for (const char* action : {"GetRelationalDatabaseBundles", "GetRelationalDatabaseBlueprints"}) {
    CHECK(!call(action).contains("nextPageToken"));
    const Refused refusal = refused(action, {{"pageToken", "x"}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The page token is invalid: x");
  }
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: accepts every listed bundle and blueprint") {
  const json bundles = call("GetRelationalDatabaseBundles")["bundles"];
  for (const json& bundle : bundles) {
    const std::string name = "db-" + std::to_string(&bundle - &bundles[0]);
    create(name,
           {{"relationalDatabaseBundleId", bundle["bundleId"]}, {"availabilityZone", nullptr}});
    CHECK(database(name)["hardware"]["ramSizeInGb"] == bundle["ramSizeInGb"]);
    CHECK(database(name).contains("secondaryAvailabilityZone") ==
          (bundle["name"].get<std::string>().find("High Availability") != std::string::npos));
  }
  const json blueprints = call("GetRelationalDatabaseBlueprints")["blueprints"];
  for (const json& blueprint : blueprints) {
    std::string name = blueprint["blueprintId"];
    std::replace(name.begin(), name.end(), '_', '-');
    create(name, {{"relationalDatabaseBlueprintId", blueprint["blueprintId"]}});
    CHECK(database(name)["engineVersion"] == blueprint["engineVersion"]);
  }
}

}  // namespace papersail
