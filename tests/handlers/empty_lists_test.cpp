// Recorded: the service sends the lists of a resource's shape when they are empty.
#include <set>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

using Lists = std::set<std::string>;

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

// Calls every action that needs no input, and adds the lists that its answer omits.
void add_omitted(Emulator& emulator, Model& model, Lists& omitted) {
  for (const Action& action : all_actions()) {
    const std::string name(action.name);
    if (!name.starts_with("Get")) continue;
    const Response response = emulator.response(name, "{}");
    if (response.status != 200) continue;
    add_omitted(*model.action(name)->output, json::parse(response.body), omitted);
  }
}

}  // namespace

TEST_CASE("Responses: have empty lists, except those that the service was seen to omit") {
  Emulator emulator;
  Model model;
  const json table = test_data("operations.json");
  const Stages stages(table.at("stages"));
  Lists omitted;
  int n = 0;
  for (const json& row : table.at("rows")) {
    use_new_account(emulator, ++n);
    stages.set(emulator, row.at("stage"));
    emulator.response(row.at("action").get<std::string>(),
                      with_names(emulator, row.at("input")).dump());
    add_omitted(emulator, model, omitted);
  }
  CHECK(json(omitted) == json(Lists{"Instance.addOns"}));
}

}  // namespace papersail
