// Compares the operations of mutating actions with tests/tables/operations.json.
#include <fnmatch.h>

#include <set>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

const json& table() {
  static const json file = test_data("operations.json");
  return file;
}

const Member* member_of(const Shape& shape, const std::string& name) {
  for (const Member& member : shape.members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

// True if the action is no Get action and its output has operations.
bool returns_operations(Model& model, const std::string& action) {
  const Shape* output = model.action(action)->output;
  return !action.starts_with("Get") && output &&
         (member_of(*output, "operation") || member_of(*output, "operations"));
}

// Returns the operation as a row of the table.
json row_of(const json& operation) {
  const json flat = {{"availabilityZone", operation["location"]["availabilityZone"]}};
  json row = json::array();
  for (const json& column : table().at("columns")) {
    const json& from = column == "availabilityZone" ? flat : operation;
    row.push_back(from.value(column.get<std::string>(), json()));
  }
  return row;
}

bool fits(const json& expected, const json& actual) {
  if (!expected.is_string() || !actual.is_string()) return expected == actual;
  return fnmatch(expected.get<std::string>().c_str(), actual.get<std::string>().c_str(), 0) == 0;
}

void check_rows(const json& expected, const json& operations) {
  json actual = json::array();
  for (const json& operation : operations) actual.push_back(row_of(operation));
  INFO("expected ", expected.dump());
  INFO("actual   ", actual.dump());
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    for (std::size_t column = 0; column < actual[i].size(); ++column) {
      CAPTURE(i);
      CAPTURE(table().at("columns").at(column));
      CHECK(fits(expected[i].at(column), actual[i][column]));
    }
  }
}

// Checks the members that do not depend on the row.
void check_members(Emulator& emulator, const json& operation, const std::string& region) {
  CAPTURE(operation.dump());
  CHECK(operation["createdAt"] == timestamp(emulator.now()));
  CHECK(operation["location"]["regionName"] == region);
  CHECK(operation["isTerminal"] == (operation["status"] == "Succeeded"));
  CHECK_FALSE(operation.contains("errorCode"));
  // Recorded: only this operation has no statusChangedAt.
  const bool timeless = operation["operationType"] == "DeleteAutoSnapshot";
  CHECK(operation.value("statusChangedAt", json()) == (timeless ? json() : operation["createdAt"]));
}

json get_operation(Emulator& emulator, const json& operation) {
  return emulator.call("GetOperation", {{"operationId", operation.at("id")}}).at("operation");
}

// Checks that GetOperation returns each operation and that it ends as Succeeded. Terraform polls
// the first one until it ends.
void check_life(Emulator& emulator, const json& operations) {
  std::set<json> ids;
  for (const json& operation : operations) {
    CHECK(ids.insert(operation.at("id")).second);
    json found = get_operation(emulator, operation);
    if (!operation.contains("statusChangedAt")) found.erase("statusChangedAt");
    CHECK(found == operation);
  }
  emulator.advance(hours(2));
  for (const json& operation : operations) {
    const json ended = get_operation(emulator, operation);
    CHECK(ended["status"] == "Succeeded");
    CHECK(ended["isTerminal"] == true);
  }
}

void check_row(Emulator& emulator, int n, const Stages& stages, const json& row) {
  const std::string region = row.value("region", "us-east-1");
  INFO(row.at("action").get<std::string>(), ": ", row.value("case", "as usual"));
  use_new_account(emulator, n);
  stages.set(emulator, row.at("stage"));
  use_new_account(emulator, n, region);
  const json output =
      emulator.call(row.at("action").get<std::string>(), with_names(emulator, row.at("input")));
  const json operations = operations_of(output);
  check_rows(row.at("operations"), operations);
  for (const json& operation : operations) check_members(emulator, operation, region);
  check_life(emulator, operations);
}

}  // namespace

TEST_CASE("Mutating actions: return the operations of the table") {
  Emulator emulator;
  const Stages stages(table().at("stages"));
  int n = 0;
  for (const json& row : table().at("rows")) {
    const bool possible = is_implemented(row.at("action")) && stages.possible(row.at("stage"));
    if (possible) check_row(emulator, ++n, stages, row);
  }
}

TEST_CASE("Operations table: has every implemented mutating action") {
  std::set<std::string> in_table;
  for (const json& row : table().at("rows")) {
    in_table.insert(row.at("action"));
    const std::set<std::string> known = {"recorded", "observed", "guessed"};
    CHECK(known.contains(row.at("known")));
  }
  Model model;
  for (const auto& action : in_table) {
    CAPTURE(action);
    REQUIRE(model.has(action));
    CHECK(returns_operations(model, action));
  }
  for (const Action& action : all_actions()) {
    const std::string name(action.name);
    CAPTURE(name);
    CHECK((in_table.contains(name) || !returns_operations(model, name)));
  }
}

}  // namespace papersail
