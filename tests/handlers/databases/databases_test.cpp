#include "tests/handlers/databases/databases.hpp"

#include <filesystem>

namespace papersail {

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabase: shows no endpoint until the database is available") {
  create("db-1");
  CHECK(!database("db-1").contains("masterEndpoint"));
  advance(seconds(600));  // backing-up
  CHECK(!database("db-1").contains("masterEndpoint"));
  CHECK(!database("db-1").contains("latestRestorableTime"));
  advance(seconds(103));
  const json database = this->database("db-1");
  CHECK(database["masterEndpoint"]["port"] == 3306);
  const std::string support = database["supportCode"];
  const std::string token = support.substr(support.find('/') + 1);
  CHECK(matches(database["masterEndpoint"]["address"],
                token + "\\.[a-z0-9]{12}\\.us-east-1\\.rds\\.amazonaws\\.com"));
  update("db-1", {{"publiclyAccessible", true}});
  CHECK(this->database("db-1")["state"] == "modifying");
  CHECK(this->database("db-1")["masterEndpoint"] == database["masterEndpoint"]);
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabase: shows port 5432 for PostgreSQL") {
  create_available("db-1", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  CHECK(database("db-1")["masterEndpoint"]["port"] == 5432);
  CHECK(database("db-1")["engine"] == "postgres");
  CHECK(database("db-1")["engineVersion"] == "16.10");
}

TEST_CASE_FIXTURE(
    Databases,
    "GetRelationalDatabase: shows endpoints with the account's identifier in the region") {
  const auto part = [this](const std::string& name) {
    const std::string address = database(name)["masterEndpoint"]["address"];
    const auto from = address.find('.') + 1;
    return address.substr(from, address.find('.', from) - from);
  };
  create("db-1");
  create_available("db-2");
  CHECK(part("db-1") == part("db-2"));
  const std::string here = part("db-1");
  act_as("test", "eu-west-1");
  create_available("db-1", {{"availabilityZone", "eu-west-1a"}});
  CHECK(part("db-1") != here);
  act_as("123456789012");
  create_available("db-1");
  CHECK(part("db-1") != here);
}

TEST_CASE_FIXTURE(
    Databases,
    "GetRelationalDatabase: shows a latest restorable time that moves in steps of 5 minutes") {
  create_available("db-1");
  const auto latest = [this] { return moment_of(database("db-1")["latestRestorableTime"]); };
  CHECK(latest() == test_start + minutes(10));  // now is 00:11:43
  advance(minutes(3));
  CHECK(latest() == test_start + minutes(10));
  advance(minutes(1));
  CHECK(latest() == test_start + minutes(15));
  advance(days(3));
  CHECK(latest() == test_start + days(3) + minutes(15));
}

TEST_CASE_FIXTURE(Databases, "GetRelationalDatabase: refuses an unknown name") {
  const Refused refusal = refused("GetRelationalDatabase", by_name("db-1"));
  CHECK(refusal.type == "NotFoundException");
  CHECK(refusal.code == "DoesNotExist");
  CHECK(refusal.message == "The RelationalDatabase does not exist: db-1");
}

TEST_CASE_FIXTURE(
    Databases,
    "GetRelationalDatabases: returns the documents of GetRelationalDatabase, newest first") {
  create_available("db-1");
  create("db-2");
  const json list = call("GetRelationalDatabases");
  REQUIRE(list["relationalDatabases"].size() == 2);
  CHECK(list["relationalDatabases"][0] == database("db-2"));
  CHECK(list["relationalDatabases"][1] == database("db-1"));
  CHECK(list["relationalDatabases"][1].contains("latestRestorableTime"));
  CHECK(!list.contains("nextPageToken"));
  CHECK(refused("GetRelationalDatabases", {{"pageToken", "x"}}).message ==
        "The page token is invalid: x");
}

TEST_CASE_FIXTURE(Databases,
                  "TagResource: tags a database without restarting the time of its state") {
  create("db-1");
  advance(seconds(500));
  call("TagResource", {{"resourceName", "db-1"}, {"tags", {{{"key", "a"}, {"value", "b"}}}}});
  CHECK(database("db-1")["tags"] == json::parse(R"([{"key": "a", "value": "b"}])"));
  advance(seconds(203));
  CHECK(database("db-1")["state"] == "available");
}

TEST_CASE("GetRelationalDatabase: keeps the endpoint when the lifecycle profile changes") {
  const auto folder = std::filesystem::temp_directory_path() / "papersail_profile_change";
  std::filesystem::remove_all(folder);
  json endpoint;
  {
    Databases instant("instant", folder);
    instant.create("db-1");
    endpoint = instant.database("db-1")["masterEndpoint"];
  }
  {
    Databases realistic("realistic", folder);
    CHECK(realistic.database("db-1")["state"] == "available");
    CHECK(realistic.database("db-1")["masterEndpoint"] == endpoint);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace papersail
