#include "tests/handlers/databases/databases.hpp"

#include <algorithm>
#include <utility>

namespace papersail {
namespace {

const char* const getter = "GetRelationalDatabaseParameters";
const char* const setter = "UpdateRelationalDatabaseParameters";

class Parameters : public Databases {
 public:
  using Databases::Databases;

  json parameter(const std::string& name) { return parameters("db-1").at(name); }
  std::string status() { return database("db-1")["parameterApplyStatus"]; }
  std::string message(const json& parameter) {
    const Refused refusal = refused(
        setter, {{"relationalDatabaseName", "db-1"}, {"parameters", json::array({parameter})}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    return refusal.message;
  }
  std::string message(const std::string& name, const std::string& value) {
    return message({{"parameterName", name}, {"parameterValue", value}});
  }
};

}  // namespace

TEST_CASE_FIXTURE(Parameters, "GetRelationalDatabaseParameters: returns pages sorted by name") {
  create_available("db-1");
  json input = by_name("db-1");
  std::vector<std::string> names;
  std::size_t pages = 0;
  for (bool more = true; more; ++pages) {
    const json response = call(getter, input);
    for (const json& one : response["parameters"]) names.push_back(one["parameterName"]);
    more = response.contains("nextPageToken");
    if (more) CHECK(response["parameters"].size() == 100);
    if (more) input["pageToken"] = response["nextPageToken"];
  }
  CHECK(pages == names.size() / 100 + 1);
  CHECK(names.size() > 500);
  CHECK(std::is_sorted(names.begin(), names.end()));
  input["pageToken"] = "x";
  CHECK(refused(getter, input).message == "The page token is invalid: x");
  CHECK(refused(getter, by_name("db-2")).message == "The RelationalDatabase does not exist: db-2");
}

TEST_CASE_FIXTURE(Parameters, "GetRelationalDatabaseParameters: returns the recorded parameters") {
  create_available("db-1");
  json known = parameters("db-1");
  for (auto& [name, parameter] : known.items()) parameter.erase("description");
  CHECK(known["activate_all_roles_on_login"] ==
        json({{"parameterName", "activate_all_roles_on_login"},
              {"allowedValues", "0,1"},
              {"applyMethod", "pending-reboot"},
              {"applyType", "dynamic"},
              {"dataType", "boolean"},
              {"isModifiable", true},
              {"parameterValue", "0"}}));
  CHECK(known["allow-suspicious-udfs"] == json({{"parameterName", "allow-suspicious-udfs"},
                                                {"allowedValues", "0,1"},
                                                {"applyMethod", "pending-reboot"},
                                                {"applyType", "static"},
                                                {"dataType", "boolean"},
                                                {"isModifiable", false}}));
  CHECK(known["auto_generate_certs"]["isModifiable"] == false);
  CHECK(!known["autocommit"].contains("parameterValue"));
}

TEST_CASE_FIXTURE(Parameters,
                  "GetRelationalDatabaseParameters: returns the parameters of the engine version") {
  auto of = [this, n = 0](const char* blueprint) mutable {
    const std::string name = "db-" + std::to_string(n++);
    create(name, {{"relationalDatabaseBlueprintId", blueprint}});
    return parameters(name);
  };
  const json mysql_8_0 = of("mysql_8_0"), mysql_8_4 = of("mysql_8_4");
  CHECK(mysql_8_0.contains("expire_logs_days"));
  CHECK(!mysql_8_4.contains("expire_logs_days"));
  CHECK(mysql_8_4.contains("mysql_native_password"));
  CHECK(!mysql_8_0.contains("query_cache_size"));
  CHECK(mysql_8_4["max_connections"]["parameterValue"] == "{DBInstanceClassMemory/12582880}");
  const json postgres_13 = of("postgres_13"), postgres_18 = of("postgres_18");
  CHECK(postgres_13.size() > 350);
  CHECK(postgres_13["max_connections"]["parameterValue"] ==
        "LEAST({DBInstanceClassMemory/9531392},5000)");
  CHECK(!postgres_13.contains("io_method"));
  CHECK(postgres_18.contains("io_method"));
  CHECK(!postgres_18.contains("old_snapshot_threshold"));
}

TEST_CASE_FIXTURE(Parameters,
                  "UpdateRelationalDatabaseParameters: returns one completed operation") {
  create_available("db-1");
  const json operations = set_parameter("db-1", "long_query_time", "2.5", "immediate");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "UpdateRelationalDatabaseParameters");
  CHECK(operations[0]["resourceName"] == "db-1");
  CHECK(operations[0]["resourceType"] == "RelationalDatabase");
  CHECK(operations[0]["operationDetails"] == "");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(operations[0]["isTerminal"] == true);
  CHECK(operations[0]["createdAt"] == operations[0]["statusChangedAt"]);
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(
    Parameters, "UpdateRelationalDatabaseParameters: applies an immediate change within seconds") {
  create_available("db-1");
  CHECK(status() == "in-sync");
  set_parameter("db-1", "long_query_time", "2.5", "immediate");
  CHECK(parameter("long_query_time")["parameterValue"] == "2.5");
  CHECK(parameter("long_query_time")["applyMethod"] == "immediate");
  CHECK(status() == "applying");
  advance(seconds(10) - 1);
  CHECK(status() == "applying");
  CHECK(call("GetRelationalDatabases")["relationalDatabases"][0]["parameterApplyStatus"] ==
        "applying");
  advance(1);
  CHECK(status() == "in-sync");
  CHECK(parameter("long_query_time")["parameterValue"] == "2.5");
}

TEST_CASE_FIXTURE(
    Parameters, "UpdateRelationalDatabaseParameters: applies a pending change at the next reboot") {
  create_available("db-1");
  call(setter, {{"relationalDatabaseName", "db-1"},
                {"parameters",
                 {{{"parameterName", "performance_schema"}, {"parameterValue", "1"}},
                  {{"parameterName", "slow_query_log"},
                   {"parameterValue", "1"},
                   {"applyMethod", "pending-reboot"}}}}});
  CHECK(parameter("performance_schema")["parameterValue"] == "1");
  CHECK(parameter("performance_schema")["applyMethod"] == "pending-reboot");
  CHECK(status() == "pending-reboot");
  advance(days(3));
  CHECK(status() == "pending-reboot");
  act("RebootRelationalDatabase", "db-1");
  advance(while_rebooting - 1);
  CHECK(status() == "pending-reboot");
  advance(1);
  CHECK(status() == "in-sync");
}

TEST_CASE_FIXTURE(
    Parameters,
    "UpdateRelationalDatabaseParameters: applies a pending change after a stop and a start") {
  create_available("db-1");
  set_parameter("db-1", "performance_schema", "1", "pending-reboot");
  act("StopRelationalDatabase", "db-1");
  advance(hours(1));
  CHECK(status() == "pending-reboot");
  act("StartRelationalDatabase", "db-1");
  CHECK(status() == "pending-reboot");
  advance(while_starting);
  CHECK(status() == "in-sync");
}

TEST_CASE_FIXTURE(
    Parameters,
    "UpdateRelationalDatabaseParameters: refuses immediate changes of static parameters") {
  create_available("db-1");
  CHECK(message({{"parameterName", "performance_schema"},
                 {"parameterValue", "1"},
                 {"applyMethod", "immediate"}}) ==
        "cannot use immediate apply method for static parameter");
  CHECK(message(
            {{"parameterName", "autocommit"}, {"parameterValue", "1"}, {"applyMethod", "later"}}) ==
        "The applyMethod must be immediate or pending-reboot: later");
  CHECK(!parameter("autocommit").contains("parameterValue"));
}

TEST_CASE_FIXTURE(
    Parameters, "UpdateRelationalDatabaseParameters: refuses unknown and unmodifiable parameters") {
  create_available("db-1");
  CHECK(message("basedir", "/tmp") == "The parameter basedir cannot be modified.");
  CHECK(message("autocomit", "1") == "Could not find parameter with name: autocomit");
  CHECK(message("work_mem", "64") == "Could not find parameter with name: work_mem");
  CHECK(message({{"parameterValue", "64"}}) == "Could not find parameter with name: ");
  CHECK(message({{"parameterName", "autocommit"}}) ==
        "The parameterValue is missing for: autocommit");
  const Refused refusal =
      refused(setter, {{"relationalDatabaseName", "db-1"}, {"parameters", json::array()}});
  CHECK(refusal.message == "The list of parameters is empty.");
}

TEST_CASE_FIXTURE(Parameters,
                  "UpdateRelationalDatabaseParameters: refuses values that are not allowed") {
  create_available("db-1");
  CHECK(message("autocommit", "ON") ==
        "Invalid parameter value: ON for: autocommit allowed values are: 0,1");
  CHECK(message("max_connections", "0") ==
        "Invalid parameter value: 0 for: max_connections allowed values are: 1-100000");
  for (const char* value : {"", "x", "1.5", "100001", "-1", "{rm -rf}"}) {
    CHECK(message("max_connections", value).starts_with("Invalid parameter value: "));
  }
  CHECK(message("long_query_time", "-0.5").ends_with("0-31536000"));
  CHECK(message("sql_mode", "ANSI,NONE").starts_with("Invalid parameter value: ANSI,NONE"));
  CHECK(message("character_set_server", "klingon").starts_with("Invalid parameter value"));
  CHECK(message("performance_schema_hosts_size", "-2").ends_with("-1-1048576"));
}

TEST_CASE_FIXTURE(Parameters,
                  "UpdateRelationalDatabaseParameters: accepts values that are allowed") {
  create_available("db-1");
  const std::pair<const char*, const char*> values[] = {
      {"max_connections", "100000"},
      {"max_connections", "LEAST({DBInstanceClassMemory/9531392},5000)"},
      {"long_query_time", "0.25"},
      {"sql_mode", "ANSI,TRADITIONAL"},
      {"sql_mode", ""},
      {"character_set_server", "utf8mb4"},
      {"collation_server", "utf8mb4_0900_ai_ci"},
      {"time_zone", "Asia/Seoul"},
      {"init_connect", "SET NAMES utf8mb4, time_zone = 'UTC'"},
      {"performance_schema_hosts_size", "-1"},
      {"group_concat_max_len", "18446744073709551615"}};
  for (const auto& [name, value] : values) {
    set_parameter("db-1", name, value, "pending-reboot");
    CHECK(parameter(name)["parameterValue"] == value);
  }
}

TEST_CASE_FIXTURE(
    Parameters, "UpdateRelationalDatabaseParameters: changes nothing if one parameter is refused") {
  create_available("db-1");
  refused(setter, {{"relationalDatabaseName", "db-1"},
                   {"parameters",
                    {{{"parameterName", "autocommit"}, {"parameterValue", "0"}},
                     {{"parameterName", "autocommit"}, {"parameterValue", "2"}}}}});
  CHECK(!parameter("autocommit").contains("parameterValue"));
  CHECK(status() == "in-sync");
}

TEST_CASE_FIXTURE(Parameters,
                  "UpdateRelationalDatabaseParameters: refuses a database that is not available") {
  create("db-1");
  const Refused refusal =
      refused(setter, {{"relationalDatabaseName", "db-1"}, {"parameters", json::array()}});
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message ==
        "Sorry, you can't update the parameters of a relational database in creating state; please "
        "try again later");
}

TEST_CASE_FIXTURE(Parameters,
                  "UpdateRelationalDatabaseParameters: refuses more parameters than there are") {
  create_available("db-1");
  const json one = {{"parameterName", "max_connections"}, {"parameterValue", "100"}};
  const Refused refusal =
      refused(setter, {{"relationalDatabaseName", "db-1"},
                       {"parameters", std::vector<json>(parameters("db-1").size() + 1, one)}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "The list has more parameters than the database.");
}

TEST_CASE_FIXTURE(Parameters, "UpdateRelationalDatabase: keeps changed parameters in an upgrade") {
  create_available("db-1");
  set_parameter("db-1", "performance_schema", "1", "pending-reboot");
  update("db-1", {{"relationalDatabaseBlueprintId", "mysql_8_4"}, {"applyImmediately", true}});
  advance(while_upgrading);
  CHECK(parameter("performance_schema")["parameterValue"] == "1");
  CHECK(status() == "in-sync");  // the upgrade restarts the engine
}

TEST_CASE_FIXTURE(Parameters, "CreateRelationalDatabaseFromSnapshot: uses the default parameters") {
  create_available("db-1");
  set_parameter("db-1", "performance_schema", "1", "pending-reboot");
  create_snapshot("db-1", "snap-1");
  advance(while_backing_up);
  call("CreateRelationalDatabaseFromSnapshot",
       {{"relationalDatabaseName", "db-2"}, {"relationalDatabaseSnapshotName", "snap-1"}});
  CHECK(parameters("db-2")["performance_schema"]["parameterValue"] == "0");
}

}  // namespace papersail
