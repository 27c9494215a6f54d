// Recorded: the service sends the lists of a resource's shape when they are empty.
#include <set>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

using Lists = std::set<std::string>;

// Ordinary bundles have no app categories, system disks no tags, and resources that never had an
// add-on no add-ons.
const Lists recorded_without = {"Bundle.supportedAppCategories", "Disk.addOns", "Disk.tags",
                                "Instance.addOns"};

// Adds "Instance.addOns" for every list of a shape that a structure in the value omits.
void add_omitted(const Shape& shape, const json& value, Lists& omitted) {
  if (shape.element) {
    for (const json& element : value) add_omitted(*shape.element, element, omitted);
  }
  for (const Member& member : shape.members) {
    const auto found = value.find(member.name);
    if (found != value.end()) {
      add_omitted(*member.shape, *found, omitted);
    } else if (member.shape->kind == Kind::list) {
      omitted.insert(shape.name + "." + member.name);
    }
  }
}

// Calls the action, and adds the lists that its answer omits. Ignores refusals.
void call(Emulator& emulator, Model& model, const std::string& action, const json& input,
          Lists& omitted) {
  const Response response = emulator.response(action, with_names(emulator, input).dump());
  if (response.status != 200) return;
  add_omitted(*model.action(action)->output, json::parse(response.body), omitted);
}

// Calls every getter that needs no input.
void call_getters(Emulator& emulator, Model& model, Lists& omitted) {
  for (const Action& action : all_actions()) {
    const std::string name(action.name);
    if (name.starts_with("Get")) call(emulator, model, name, json::object(), omitted);
  }
}

}  // namespace

TEST_CASE("Responses: have empty lists, except those that the service was seen to omit") {
  Emulator emulator;
  Model model;
  const json file = test_data("states.json");
  const Stages stages(file.at("stages"));
  Lists omitted;
  int n = 0;
  for (const json& table : file.at("tables")) {
    for (const json& column : table.at("columns")) {
      if (!stages.possible(column.at(1))) continue;
      use_new_account(emulator, ++n);
      stages.set(emulator, column.at(1));
      call_getters(emulator, model, omitted);
      for (const json& row : table.at("rows")) {
        if (is_implemented(row.front())) {
          call(emulator, model, row.front(), row.back(), omitted);
        }
      }
    }
  }
  CHECK(json(omitted) == json(recorded_without));
}

}  // namespace papersail
