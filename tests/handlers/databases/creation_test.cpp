#include "tests/handlers/databases/databases.hpp"

#include <set>

namespace papersail {

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: returns one Started operation without details") {
  const json operations = create("db-1");
  REQUIRE(operations.size() == 1);
  json operation = operations[0];
  CHECK(matches(operation["id"], "[0-9a-f-]{36}"));
  operation.erase("id");
  CHECK(operation ==
        json({{"resourceName", "db-1"},
              {"resourceType", "RelationalDatabase"},
              {"createdAt", timestamp(test_start)},
              {"location", {{"availabilityZone", "us-east-1a"}, {"regionName", "us-east-1"}}},
              {"isTerminal", false},
              {"operationType", "CreateRelationalDatabase"},
              {"status", "Started"},
              {"statusChangedAt", timestamp(test_start)}}));
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: creates a document with all members") {
  create("db-1", {{"tags", {{{"key", "env"}, {"value", "test"}}, {{"key", "bare"}}}}});
  json database = this->database("db-1");
  CHECK(matches(database["arn"],
                "arn:aws:lightsail:us-east-1:000000000000:RelationalDatabase/[0-9a-f-]{36}"));
  CHECK(matches(database["supportCode"], "[0-9]{12}/ls-[0-9a-f]{40}"));
  CHECK(matches(database["preferredBackupWindow"], "[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]"));
  CHECK(
      matches(database["preferredMaintenanceWindow"], "([a-z]{3}):[0-9:]{5}-([a-z]{3}):[0-9:]{5}"));
  for (const char* random :
       {"arn", "supportCode", "preferredBackupWindow", "preferredMaintenanceWindow"}) {
    database.erase(random);
  }
  CHECK(database ==
        json({{"name", "db-1"},
              {"createdAt", timestamp(test_start)},
              {"location", {{"availabilityZone", "us-east-1a"}, {"regionName", "us-east-1"}}},
              {"resourceType", "RelationalDatabase"},
              {"tags", {{{"key", "env"}, {"value", "test"}}, {{"key", "bare"}}}},
              {"relationalDatabaseBlueprintId", "mysql_8_0"},
              {"relationalDatabaseBundleId", "micro_2_0"},
              {"masterDatabaseName", "dbmaster"},
              {"hardware", {{"cpuCount", 2}, {"diskSizeInGb", 40}, {"ramSizeInGb", 1.0}}},
              {"state", "creating"},
              {"backupRetentionEnabled", true},
              {"pendingModifiedValues", json::object()},
              {"engine", "mysql"},
              {"engineVersion", "8.0.43"},
              {"masterUsername", "dbmasteruser"},
              {"parameterApplyStatus", "in-sync"},
              {"publiclyAccessible", false},
              {"pendingMaintenanceActions", json::array()},
              {"caCertificateIdentifier", "rds-ca-rsa2048-g1"}}));
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: creates an empty list of tags when none are given") {
  create("db-1");
  CHECK(database("db-1")["tags"] == json::array());
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: completes its operation when the state is available") {
  const json id = create("db-1")[0]["id"];
  CHECK(database("db-1")["state"] == "creating");
  advance(seconds(600));
  CHECK(database("db-1")["state"] == "backing-up");
  CHECK(operation(id)["status"] == "Started");
  advance(seconds(103) - 1);
  CHECK(database("db-1")["state"] == "backing-up");
  CHECK(operation(id)["status"] == "Started");
  advance(1);
  CHECK(database("db-1")["state"] == "available");
  CHECK(operation(id)["status"] == "Succeeded");
  CHECK(operation(id)["isTerminal"] == true);
  CHECK(operation(id)["statusChangedAt"] == timestamp(test_start + until_available));
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: keeps databases of different regions separate") {
  create("db-1");
  act_as("test", "eu-west-1");
  CHECK(call("GetRelationalDatabases")["relationalDatabases"].empty());
  CHECK(refused("GetRelationalDatabase", by_name("db-1")).type == "NotFoundException");
  create("db-1", {{"availabilityZone", "eu-west-1b"}});
  CHECK(database("db-1")["location"] ==
        json({{"availabilityZone", "eu-west-1b"}, {"regionName", "eu-west-1"}}));
  advance(until_available);
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}});
  advance(hours(1));
  CHECK(call("GetRelationalDatabases")["relationalDatabases"].empty());
  act_as("test");
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE_FIXTURE(
    Databases, "CreateRelationalDatabase: chooses a random zone of the region when none is given") {
  create("db-1", {{"availabilityZone", nullptr}});
  CHECK(matches(database("db-1")["location"]["availabilityZone"], "us-east-1[a-f]"));
  CHECK(!database("db-1").contains("secondaryAvailabilityZone"));
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses a zone of another region") {
  act_as("test", "us-east-2");
  const Refused refusal =
      refused("CreateRelationalDatabase", input("db-1", {{"availabilityZone", "us-east-1a"}}));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "InvalidParams");
  CHECK(refusal.message ==
        "The given Availability Zone is invalid. It must be one of the following: "
        "us-east-2a,us-east-2b,us-east-2c.");
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: chooses two different zones for high availability") {
  const json ha = {{"relationalDatabaseBundleId", "micro_ha_2_0"}, {"availabilityZone", nullptr}};
  std::set<std::string> pairs;
  for (int i = 0; i < 10; ++i) {
    const std::string name = "db-" + std::to_string(i);
    create(name, ha);
    const std::string primary = database(name)["location"]["availabilityZone"];
    const std::string secondary = database(name)["secondaryAvailabilityZone"];
    CHECK(primary != secondary);
    CHECK(matches(secondary, "us-east-1[a-f]"));
    pairs.insert(primary + secondary);
  }
  CHECK(pairs.size() > 1);
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses a zone for high availability") {
  const Refused refusal = refused("CreateRelationalDatabase",
                                  input("db-1", {{"relationalDatabaseBundleId", "micro_ha_2_0"}}));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "Requesting a specific availability zone is not valid for Multi-AZ instances.");
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: refuses unknown and retired bundles and blueprints") {
  const auto with = [this](const char* member, const char* id) {
    return refused("CreateRelationalDatabase", input("db-1", {{member, id}}));
  };
  for (const char* id : {"nano_2_0", "micro_1_0", "large_ha_1_0"}) {
    const Refused bundle = with("relationalDatabaseBundleId", id);
    CHECK(bundle.type == "NotFoundException");
    CHECK(bundle.message ==
          std::string("The specified bundle does not exist in this region: ") + id);
  }
  for (const char* id : {"oracle_19", "mysql_5_6", "mysql_5_7", "postgres_9_6", "postgres_12"}) {
    const Refused blueprint = with("relationalDatabaseBlueprintId", id);
    CHECK(blueprint.type == "NotFoundException");
    CHECK(blueprint.message ==
          std::string("The specified blueprint does not exist in this region: ") + id);
  }
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses invalid database names") {
  for (const std::string name : {"-db", "db-", "db_1", "db.1"}) {
    const Refused refusal = refused("CreateRelationalDatabase", input(name));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidResourceName");
    CHECK(refusal.message ==
          name +
              " is not a valid database name. Names of databases and their snapshots must have 2 "
              "to 255 alphanumerics or -, and begin and end with an alphanumeric.");
  }
  for (const auto& name : {std::string("d1"), std::string("1-D"), std::string(255, 'a')}) {
    CHECK(create(name)[0]["resourceName"] == name);
  }
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: refuses a name used by a resource of any type") {
  create("db-1");
  Refused refusal = refused("CreateRelationalDatabase", input("db-1"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "NameExists");
  CHECK(refusal.message == "Some names are already in use: db-1");
  Resource disk{0, "us-east-1", "Disk", "data", json::object(), json::object()};
  account().store.create(disk, now());
  account().store.commit();
  CHECK(refused("CreateRelationalDatabase", input("data")).code == "NameExists");
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: refuses invalid master database and user names") {
  const auto message = [this](const char* blueprint, const char* member, const std::string& name) {
    const Refused refusal =
        refused("CreateRelationalDatabase",
                input("db-1", {{"relationalDatabaseBlueprintId", blueprint}, {member, name}}));
    CHECK(refusal.type == "InvalidInputException");
    return refusal.message;
  };
  for (const std::string name : {"", "1db", "_db", "d-b", "d b", "d\u00e9"}) {
    CHECK(message("mysql_8_0", "masterDatabaseName", name) ==
          "The masterDatabaseName is not valid for mysql: " + name +
              ". It must have 1 to 64 letters, digits or underscores and begin with a letter.");
    CHECK(message("postgres_16", "masterUsername", name) ==
          "The masterUsername is not valid for postgres: " + name +
              ". It must have 1 to 63 letters, digits or underscores and begin with a letter.");
  }
  CHECK(message("mysql_8_0", "masterDatabaseName", std::string(65, 'a')).find("1 to 64") !=
        std::string::npos);
  CHECK(message("mysql_8_0", "masterUsername", std::string(17, 'a')).find("1 to 16") !=
        std::string::npos);
  CHECK(message("postgres_16", "masterDatabaseName", std::string(64, 'a')).find("1 to 63") !=
        std::string::npos);
  create("db-1", {{"masterDatabaseName", std::string(64, 'a')},
                  {"masterUsername", "a" + std::string(15, '_')}});
  create("db-2", {{"relationalDatabaseBlueprintId", "postgres_16"},
                  {"masterDatabaseName", std::string(63, 'a')},
                  {"masterUsername", std::string(63, 'Z')}});
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses words that the engine reserves") {
  const auto message = [this](const char* blueprint, const char* member, const char* name) {
    return refused("CreateRelationalDatabase",
                   input("db-1", {{"relationalDatabaseBlueprintId", blueprint}, {member, name}}))
        .message;
  };
  CHECK(message("mysql_8_0", "masterDatabaseName", "Table") ==
        "The masterDatabaseName Table cannot be used as it is a reserved word used by the engine");
  CHECK(message("postgres_16", "masterUsername", "admin") ==
        "The masterUsername admin cannot be used as it is a reserved word used by the engine");
  CHECK(message("mysql_8_0", "masterDatabaseName", "mysql").find("reserved") != std::string::npos);
  CHECK(message("postgres_16", "masterUsername", "user").find("reserved") != std::string::npos);
  // Recorded: MySQL accepts "user".
  create("db-1", {{"masterUsername", "user"}});
  create("db-2", {{"masterUsername", "admin"}});
}

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: refuses more than forty databases in a region") {
  for (int i = 0; i < 40; ++i) create("db-" + std::to_string(i));
  const Refused refusal = refused("CreateRelationalDatabase", input("db-40"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message.starts_with(
      "Sorry, you've reached your maximum limit of Lightsail Databases : 40.\n"));
  act_as("test", "eu-west-1");
  create("db-40", {{"availabilityZone", "eu-west-1a"}});
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: changes nothing when it refuses a call") {
  create("db-1");
  const auto sequence = account().store.ids().sequence();
  refused("CreateRelationalDatabase", input("db-1"));
  refused("CreateRelationalDatabase", input("db-2", {{"masterUserPassword", "short"}}));
  refused("CreateRelationalDatabase", input("db-2", {{"tags", {{{"key", "aws:x"}}}}}));
  CHECK(account().store.ids().sequence() == sequence);
  CHECK(call("GetActiveNames")["activeNames"] == json::array({"db-1"}));
  CHECK(call("GetOperations")["operations"].size() == 1);
}

TEST_CASE("CreateRelationalDatabase: completes at once with the instant profile") {
  Databases instant("instant");
  const json operations = instant.create("db-1");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(instant.database("db-1")["state"] == "available");
  CHECK(instant.database("db-1").contains("masterEndpoint"));
  instant.update("db-1", {{"masterUserPassword", "another-one"}});
  CHECK(instant.database("db-1")["state"] == "available");
  CHECK(instant.database("db-1")["pendingModifiedValues"].empty());
  CHECK(instant.password("db-1") == "another-one");
  instant.update("db-1", {{"disableBackupRetention", true}, {"applyImmediately", true}});
  CHECK(instant.database("db-1")["backupRetentionEnabled"] == false);
  CHECK(instant.database("db-1")["state"] == "available");
}

}  // namespace papersail
