// Lists in inputs are sets: tests/tables/duplicates.json has a row for each.
#include <set>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

// Adds the paths of all lists below the shape: "PutInstancePublicPorts.portInfos.cidrs". The
// elements of a list or a map have its path.
void add_lists(const Shape& shape, const std::string& path, std::set<std::string>& lists) {
  if (shape.kind == Kind::list) lists.insert(path);
  if (shape.element) add_lists(*shape.element, path, lists);
  for (const Member& member : shape.members) {
    add_lists(*member.shape, path + "." + member.name, lists);
  }
}

std::string action_of(const json& row) {
  const std::string list = row.at("list");
  return list.substr(0, list.find('.'));
}

void check_row(Emulator& emulator, const json& row) {
  CAPTURE(row.dump());
  const json input = with_names(emulator, row.at("input"));
  if (row.at("refused").is_null()) {
    emulator.call(action_of(row), input);
    return;
  }
  const Refused refusal = emulator.refused(action_of(row), input);
  CHECK(refusal.type == "InvalidInputException");
  CHECK(json(refusal.message) == row.at("refused"));
}

}  // namespace

TEST_CASE("Lists in inputs: are refused or accepted with an element twice as in the table") {
  Emulator emulator;
  const Stages stages(test_data("operations.json").at("stages"));
  const json rows = test_data("duplicates.json").at("rows");
  int n = 0;
  for (const json& row : rows) {
    use_new_account(emulator, ++n);
    stages.set(emulator, row.at("stage"));
    check_row(emulator, row);
  }
}

TEST_CASE("Table of duplicates: has a row for every list in the input of an action") {
  std::set<std::string> tried, lists;
  const json rows = test_data("duplicates.json").at("rows");
  for (const json& row : rows) tried.insert(row.at("list"));
  Model model;
  for (const Action& action : all_actions()) {
    add_lists(*model.action(action.name)->input, std::string(action.name), lists);
  }
  CHECK(tried == lists);
}

}  // namespace papersail
