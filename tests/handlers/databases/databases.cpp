#include "tests/handlers/databases/databases.hpp"

namespace papersail {

bool matches(const json& text, const std::string& pattern) {
  return boost::regex_match(text.get<std::string>(), boost::regex(pattern));
}

json by_name(const std::string& name) {
  return {{"relationalDatabaseName", name}};
}

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
  json with = input(name, {{"preferredBackupWindow", "07:00-07:30"},
                           {"preferredMaintenanceWindow", "tue:12:00-tue:12:30"}});
  with.merge_patch(changes);
  call("CreateRelationalDatabase", with);
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
  const Response response = this->response("GetRelationalDatabaseMasterUserPassword", input.dump());
  return response.status == 200
             ? json::parse(response.body)["masterUserPassword"].get<std::string>()
             : "";
}

json Databases::act(const char* action, const std::string& name) {
  return call(action, by_name(name))["operations"];
}

json Databases::create_snapshot(const std::string& database, const std::string& name) {
  return call("CreateRelationalDatabaseSnapshot",
              {{"relationalDatabaseName", database},
               {"relationalDatabaseSnapshotName", name}})["operations"];
}

json Databases::snapshot(const std::string& name) {
  return call("GetRelationalDatabaseSnapshot",
              {{"relationalDatabaseSnapshotName", name}})["relationalDatabaseSnapshot"];
}

std::vector<std::string> Databases::events(const std::string& name, int minutes) {
  const json response = call("GetRelationalDatabaseEvents",
                             {{"relationalDatabaseName", name}, {"durationInMinutes", minutes}});
  std::vector<std::string> out;
  for (const json& event : response["relationalDatabaseEvents"]) {
    const Millis after = moment_of(event["createdAt"]) - test_start;
    out.push_back(std::to_string(after / 1000) + " " + event["message"].get<std::string>());
  }
  return out;
}

json Databases::parameters(const std::string& name) {
  json out = json::object(), input = {{"relationalDatabaseName", name}};
  for (bool more = true; more;) {
    json response = call("GetRelationalDatabaseParameters", input);
    for (json& one : response["parameters"]) {
      const std::string key = one["parameterName"];
      CHECK(!out.contains(key));
      out[key] = one;
    }
    more = response.contains("nextPageToken");
    if (more) input["pageToken"] = response["nextPageToken"];
  }
  return out;
}

json Databases::set_parameter(const std::string& database, const std::string& name,
                              const std::string& value, const std::string& method) {
  const json parameter = {
      {"parameterName", name}, {"parameterValue", value}, {"applyMethod", method}};
  return call("UpdateRelationalDatabaseParameters",
              {{"relationalDatabaseName", database},
               {"parameters", json::array({parameter})}})["operations"];
}

}  // namespace papersail
