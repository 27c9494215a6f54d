#include "tests/support/stages.hpp"

#include <algorithm>
#include <fstream>

#include "handlers/actions.hpp"

namespace papersail {

json test_data(const std::string& name) {
  std::ifstream file(std::string(PAPERSAIL_SOURCE) + "/tests/tables/" + name);
  REQUIRE(file.good());
  return json::parse(file);
}

bool is_implemented(const std::string& action) {
  static const std::vector<Action> all = all_actions();
  return std::any_of(all.begin(), all.end(), [&](const Action& one) { return one.name == action; });
}

void use_new_account(Emulator& emulator, int n, const std::string& region) {
  emulator.act_as(std::to_string(100'000'000'000 + n), region);
}

void Stages::set(Emulator& emulator, const json& stage) const {
  for (const json& step : stage) {
    if (step.is_number()) {
      emulator.advance(seconds(step.get<int>()));
    } else if (step.is_string()) {
      set(emulator, named_.at(step.get<std::string>()));
    } else {
      for (const auto& [action, input] : step.items()) emulator.call(action, input);
    }
  }
}

bool Stages::possible(const json& stage) const {
  return std::all_of(stage.begin(), stage.end(), [&](const json& step) {
    if (step.is_string()) return possible(named_.at(step.get<std::string>()));
    return !step.is_object() || is_implemented(step.begin().key());
  });
}

json with_names(Emulator& emulator, json input, const std::string& region) {
  if (input.is_string() && input.get<std::string>().starts_with('$')) {
    const std::string type = input.get<std::string>().substr(1);
    return emulator.account().store.all(region, type).at(0).name;
  }
  if (input.is_structured()) {
    for (json& child : input) child = with_names(emulator, child, region);
  }
  return input;
}

json operations_of(const json& output) {
  return output.contains("operations") ? output.at("operations")
                                       : json::array({output.at("operation")});
}

}  // namespace papersail
