#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

const char* const action = "GetRelationalDatabaseMasterUserPassword";
constexpr Millis pending_for = seconds(10);

}  // namespace

TEST_CASE_FIXTURE(Databases,
                  "CreateRelationalDatabase: generates a strong password when none is given") {
  create("db-1");
  create("db-2");
  const json response = call(action, {{"relationalDatabaseName", "db-1"}});
  CHECK(response["createdAt"] == timestamp(test_start));
  std::string all;
  for (const char* name : {"db-1", "db-2"}) {
    CHECK(password(name).size() == 32);
    all += password(name);
  }
  for (const char c : all) CHECK((c > ' ' && c <= '~' && c != '/' && c != '"' && c != '@'));
  CHECK(password("db-1") != password("db-2"));
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseMasterUserPassword: returns the password of the creation") {
  create("db-1", {{"masterUserPassword", "correct-horse"}});
  CHECK(call(action, {{"relationalDatabaseName", "db-1"}}) ==
        json({{"masterUserPassword", "correct-horse"}, {"createdAt", timestamp(test_start)}}));
  CHECK(database("db-1").dump().find("correct-horse") == std::string::npos);
}

TEST_CASE_FIXTURE(Databases,
                  "GetRelationalDatabaseMasterUserPassword: refuses versions that do not exist") {
  create("db-1");
  for (const char* version : {"PREVIOUS", "PENDING"}) {
    const Refused refusal =
        refused(action, {{"relationalDatabaseName", "db-1"}, {"passwordVersion", version}});
    CHECK(refusal.type == "NotFoundException");
    CHECK(refusal.code == "DoesNotExist");
    CHECK(refusal.message ==
          "The " + std::string(version) + " master user password does not exist: db-1");
  }
  CHECK(refused(action, {{"relationalDatabaseName", "db-2"}}).message ==
        "The RelationalDatabase does not exist: db-2");
  CHECK(refused(action, {{"relationalDatabaseName", "db-1"}, {"passwordVersion", "OLD"}}).type ==
        "InvalidInputException");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: makes a new password PENDING, then CURRENT") {
  create_available("db-1", {{"masterUserPassword", "first-one"}});
  const Millis changed = now();
  const json operations = update("db-1", {{"masterUserPassword", "second-one"}});
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["status"] == "Started");
  CHECK(password("db-1", "CURRENT") == "first-one");
  CHECK(password("db-1", "PENDING") == "second-one");
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"masterUserPassword", "****"}}));
  advance(pending_for);
  CHECK(database("db-1")["pendingModifiedValues"] == json::object());
  CHECK(password("db-1", "CURRENT") == "second-one");
  CHECK(password("db-1", "PREVIOUS") == "first-one");
  CHECK(password("db-1", "PENDING") == "");
  CHECK(call(action, {{"relationalDatabaseName", "db-1"}})["createdAt"] == timestamp(changed));
  CHECK(call(action, {{"relationalDatabaseName", "db-1"},
                      {"passwordVersion", "PREVIOUS"}})["createdAt"] == timestamp(test_start));
  CHECK(database("db-1")["state"] == "modifying");
  advance(while_modifying - pending_for);
  CHECK(database("db-1")["state"] == "available");
  CHECK(operation(operations[0]["id"])["status"] == "Succeeded");
  update("db-1", {{"masterUserPassword", "third-one"}});
  advance(pending_for);
  CHECK(password("db-1", "PREVIOUS") == "second-one");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: generates another strong password for a rotation") {
  create_available("db-1", {{"masterUserPassword", "first-one"}});
  update("db-1", {{"rotateMasterUserPassword", true}});
  const std::string pending = password("db-1", "PENDING");
  CHECK(pending.size() == 32);
  advance(pending_for);
  CHECK(password("db-1", "CURRENT") == pending);
  CHECK(password("db-1", "PREVIOUS") == "first-one");
}

TEST_CASE_FIXTURE(Databases, "UpdateRelationalDatabase: ignores rotateMasterUserPassword false") {
  create_available("db-1", {{"masterUserPassword", "first-one"}});
  update("db-1", {{"rotateMasterUserPassword", false}, {"masterUserPassword", "second-one"}});
  CHECK(password("db-1", "PENDING") == "second-one");
  advance(while_modifying);
  CHECK(update("db-1", {{"rotateMasterUserPassword", false}})[0]["status"] == "Succeeded");
  CHECK(password("db-1", "PENDING") == "");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: refuses a password together with a rotation") {
  create_available("db-1");
  const Refused refusal = update_refused(
      "db-1", {{"rotateMasterUserPassword", true}, {"masterUserPassword", "second-one"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "You can't use masterUserPassword and rotateMasterUserPassword together.");
  CHECK(update_refused("db-1", {{"rotateMasterUserPassword", true}, {"masterUserPassword", ""}})
            .message == refusal.message);
  CHECK(password("db-1", "PENDING") == "");
}

TEST_CASE_FIXTURE(Databases,
                  "UpdateRelationalDatabase: changes a password while maintenance is pending") {
  create_available("db-1");
  update("db-1", {{"disableBackupRetention", true}});
  update("db-1", {{"masterUserPassword", "second-one"}});
  CHECK(database("db-1")["pendingModifiedValues"] ==
        json({{"backupRetentionEnabled", false}, {"masterUserPassword", "****"}}));
  advance(pending_for);
  CHECK(password("db-1") == "second-one");
  CHECK(database("db-1")["pendingModifiedValues"] == json({{"backupRetentionEnabled", false}}));
}

TEST_CASE_FIXTURE(Databases, "CreateRelationalDatabase: refuses invalid passwords") {
  create_available("mysql");
  create_available("postgres", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  const auto tried = [this](const char* blueprint, const char* name, const std::string& text) {
    const json given = {{"masterUserPassword", text}};
    const std::string message = update_refused(name, given).message;
    const json with = {{"masterUserPassword", text}, {"relationalDatabaseBlueprintId", blueprint}};
    const Refused refusal = refused("CreateRelationalDatabase", input("db-1", with));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == message);
    return message;
  };
  for (const char* text : {"", "1234567", "with space", "with/slash", "with\"quote", "with@sign",
                           "with\ttab", "with\u00e9accent",
                           "with\x7f"
                           "delete"}) {
    CHECK(tried("mysql_8_0", "mysql", text) ==
          "The masterUserPassword is not valid for mysql. It must have 8 to 41 printable ASCII "
          "characters other than /, \", @ and space.");
  }
  tried("mysql_8_0", "mysql", std::string(42, 'x'));
  CHECK(tried("postgres_16", "postgres", std::string(129, 'x')).find("8 to 128") !=
        std::string::npos);
  CHECK(database("mysql")["state"] == "available");
  create("db-1", {{"masterUserPassword", std::string(41, '~')}});
  create("db-2", {{"masterUserPassword", std::string(128, '!')},
                  {"relationalDatabaseBlueprintId", "postgres_16"}});
  create("db-3", {{"masterUserPassword", "12345678"}});
}

}  // namespace papersail
