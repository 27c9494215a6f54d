// Fails each mutating action and checks that the account is as it would be without the call.
#include <map>
#include <set>
#include <string>

#include "state/store/checkpoints.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

constexpr Millis longest_operation = hours(2);

// The resources of an account by region and name: their documents, internal state, status, time of
// the next transition, and scheduled changes.
using State = std::map<std::string, std::string>;

State state_of(Emulator& emulator) {
  Database copy = Database::of(copy_of(emulator.account()));
  Query query = copy.query(
      "SELECT region || ' ' || type || ' ' || name,"
      " status || ' ' || ifnull(due_at, '-') || doc || internal || ifnull("
      " (SELECT group_concat(due_at || doc_patch || internal_patch, ' ') FROM"
      "  (SELECT * FROM changes c WHERE c.resource = resources.id ORDER BY due_at, id)), '-')"
      " FROM resources");
  State out;
  while (query.step()) out.emplace(query.text(0), query.text(1));
  return out;
}

json fail_call(Emulator& emulator, const std::string& action, const json& input) {
  emulator.control("POST", "/_papersail/accounts/" + emulator.account().id + "/faults",
                   {{"action", action}, {"operation", {{"errorCode", "Boom"}}}, {"times", 1}});
  return operations_of(emulator.call(action, with_names(emulator, input)));
}

void check_failed(Emulator& emulator, const json& operations) {
  for (const json& operation : operations) {
    const json ended = emulator.call("GetOperation", {{"operationId", operation.at("id")}});
    CHECK(ended["operation"]["status"] == "Failed");
    CHECK(ended["operation"]["errorCode"] == "Boom");
  }
}

// A resource that a failed call has created can be deleted, and is attached to nothing.
void check_created(Emulator& emulator, const std::string& key, const std::string& state) {
  CHECK(state.find("\"isAttached\":true") == std::string::npos);
  const std::map<std::string, std::string> deletions = {
      {"Disk", "diskName"},
      {"DiskSnapshot", "diskSnapshotName"},
      {"Instance", "instanceName"},
      {"InstanceSnapshot", "instanceSnapshotName"},
      {"RelationalDatabaseSnapshot", "relationalDatabaseSnapshotName"}};
  const auto first = key.find(' '), last = key.rfind(' ');
  const std::string type = key.substr(first + 1, last - first - 1);
  const auto member = deletions.find(type);
  if (member == deletions.end()) return;
  emulator.call("Delete" + type, {{member->second, key.substr(last + 1)}});
}

void check_row(Emulator& emulator, int n, const Stages& stages, const json& row) {
  const std::string region = row.value("region", "us-east-1"), action = row.at("action");
  INFO(action, ": ", row.value("case", "as usual"));
  use_new_account(emulator, n);
  stages.set(emulator, row.at("stage"));
  use_new_account(emulator, n, region);
  const std::string start = copy_of(emulator.account());
  emulator.advance(longest_operation);
  const State expected = state_of(emulator);
  restore(emulator.account(), start);
  const json operations = fail_call(emulator, action, row.at("input"));
  emulator.advance(longest_operation);
  const State after = state_of(emulator);
  check_failed(emulator, operations);
  for (const auto& [key, state] : expected) {
    CAPTURE(key);
    REQUIRE(after.contains(key));
    CHECK(after.at(key) == state);
  }
  for (const auto& [key, state] : after) {
    CAPTURE(key);
    if (!expected.contains(key)) check_created(emulator, key, state);
  }
}

}  // namespace

TEST_CASE("OperationEffect: undoes every mutating action") {
  const json table = test_data("operations.json");
  const Stages stages(table.at("stages"));
  for (const char* lifecycle : {"realistic", "instant"}) {
    Emulator emulator(lifecycle);
    int n = 0;
    for (const json& row : table.at("rows")) {
      const bool possible = is_implemented(row.at("action")) && stages.possible(row.at("stage"));
      if (possible) check_row(emulator, ++n, stages, row);
    }
  }
}

}  // namespace papersail
