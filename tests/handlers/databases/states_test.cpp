// The refusals of all actions on databases in all states. tests/tables/states.json says which
// actions are refused.
#include <algorithm>

#include "tests/handlers/databases/databases.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

struct Verb {
  const char* action;
  const char* verb;
};

constexpr Verb verbs[] = {
    {"CreateRelationalDatabaseFromSnapshot", "restore"},
    {"CreateRelationalDatabaseSnapshot", "create a snapshot of"},
    {"DeleteRelationalDatabase", "delete"},
    {"DeleteRelationalDatabaseSnapshot", "delete"},
    {"RebootRelationalDatabase", "reboot"},
    {"StartRelationalDatabase", "start"},
    {"StopRelationalDatabase", "stop"},
    {"UpdateRelationalDatabase", "update"},
    {"UpdateRelationalDatabaseParameters", "update the parameters of"},
};

std::string verb_of(const std::string& action) {
  const auto found = std::find_if(std::begin(verbs), std::end(verbs),
                                  [&](const Verb& one) { return one.action == action; });
  REQUIRE(found != std::end(verbs));
  return found->verb;
}

std::string noun_of(const json& table) {
  return table.at("type") == "RelationalDatabase" ? "relational database"
                                                  : "relational database snapshot";
}

void check_message(Emulator& emulator, const json& table, const json& row,
                   const std::string& state) {
  const std::string action = row.front();
  const Refused refusal = emulator.refused(action, row.back());
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message == "Sorry, you can't " + verb_of(action) + " a " + noun_of(table) + " in " +
                               state + " state; please try again later");
}

// Returns the number of refusals by state.
int check_table(Emulator& emulator, const Stages& stages, const json& table, int& n) {
  int refusals = 0;
  for (std::size_t column = 0; column < table.at("columns").size(); ++column) {
    const json& stage = table.at("columns").at(column);
    use_new_account(emulator, ++n);
    stages.set(emulator, stage.at(1));
    for (const json& row : table.at("rows")) {
      if (row.at(column + 1) != "!state") continue;
      check_message(emulator, table, row, stage.at(0));
      ++refusals;
    }
  }
  return refusals;
}

constexpr const char* resource = "/_papersail/accounts/000000000000/resources/us-east-1/db-1";
const json skip = {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}};

}  // namespace

TEST_CASE("Database actions: refuse each state in the recorded words") {
  Emulator emulator;
  const json file = test_data("states.json");
  const Stages stages(file.at("stages"));
  int n = 0, refusals = 0;
  for (const json& table : file.at("tables")) {
    if (!table.at("type").get<std::string>().starts_with("RelationalDatabase")) continue;
    refusals += check_table(emulator, stages, table, n);
  }
  CHECK(refusals == 73);
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabase: is refused during the daily backup") {
  create_available("db-1");
  advance(test_start + days(1) + hours(7) - now());
  for (int i = 0; i < 30 && database("db-1")["state"] != "backing-up"; ++i) advance(minutes(1));
  REQUIRE(database("db-1")["state"] == "backing-up");
  CHECK(refused("DeleteRelationalDatabase", skip).message ==
        "Sorry, you can't delete a relational database in backing-up state; please try again "
        "later");
  advance(minutes(30));
  call("DeleteRelationalDatabase", skip);
}

TEST_CASE_FIXTURE(Databases, "DeleteRelationalDatabase: deletes a failed database") {
  create_available("db-1");
  control("PATCH", resource, {{"state", "failed"}});
  CHECK(refused("DeleteRelationalDatabase", by_name("db-1")).message ==
        "Sorry, you can't take a final snapshot of a relational database in failed state; please "
        "try again later");
  call("DeleteRelationalDatabase", skip);
}

}  // namespace papersail
