#include "tests/relational_databases.hpp"

namespace papersail {

json Databases::input(const std::string& name, const json& changes) {
  json out = {{"relationalDatabaseName", name},
              {"availabilityZone", "us-east-1a"},
              {"relationalDatabaseBlueprintId", "mysql_8_0"},
              {"relationalDatabaseBundleId", "micro_2_0"},
              {"masterDatabaseName", "dbmaster"},
              {"masterUsername", "dbmasteruser"}};
  out.merge_patch(changes);
  return out;
}

json Databases::create(const std::string& name, const json& changes) {
  return call("CreateRelationalDatabase", input(name, changes))["operations"];
}

void Databases::create_available(const std::string& name, const json& changes) {
  json with = {{"preferredBackupWindow", "07:00-07:30"},
               {"preferredMaintenanceWindow", "tue:12:00-tue:12:30"}};
  with.merge_patch(changes);
  create(name, with);
  advance(until_available);
  REQUIRE(database(name)["state"] == "available");
}

json Databases::database(const std::string& name) {
  return call("GetRelationalDatabase", {{"relationalDatabaseName", name}})["relationalDatabase"];
}

json Databases::update(const std::string& name, json changes) {
  changes["relationalDatabaseName"] = name;
  return call("UpdateRelationalDatabase", changes)["operations"];
}

Refused Databases::update_refused(const std::string& name, json changes) {
  changes["relationalDatabaseName"] = name;
  return refused("UpdateRelationalDatabase", changes);
}

std::string Databases::password(const std::string& name, const std::string& version) {
  const json input = {{"relationalDatabaseName", name}, {"passwordVersion", version}};
  const Answer answer = this->answer("GetRelationalDatabaseMasterUserPassword", input.dump());
  return answer.status == 200 ? json::parse(answer.body)["masterUserPassword"].get<std::string>()
                              : "";
}

}  // namespace papersail
