#include "server/observers/coverage.hpp"

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

// Returns a count of 0 for every state in the realistic lifecycle.
json all_states() {
  json out = json::object();
  const json profile = parse_json(*fixture("lifecycles/realistic.json"));
  for (const json& row : profile.at("transitions")) {
    json& states = out[row.at("type").get_ref<const std::string&>()];
    states[row.at("from").get_ref<const std::string&>()] = 0;
    if (row.at("to").is_string()) states[row.at("to").get_ref<const std::string&>()] = 0;
  }
  return out;
}

// Returns how many of `counts` are above zero, and how many there are.
json tally(const json& counts) {
  std::size_t exercised = 0;
  for (const json& count : counts) exercised += count > 0 ? 1 : 0;
  return {{"exercised", exercised}, {"all", counts.size()}};
}

void add(json& sum, const json& more) {
  for (const char* member : {"exercised", "all"}) {
    sum[member] = sum[member].get<std::size_t>() + more.at(member).get<std::size_t>();
  }
}

json summary_of(const json& actions, const json& states) {
  json succeeded = json::array();
  json errors = tally(json::array());
  json in_states = tally(json::array());
  for (const json& action : actions) {
    succeeded.push_back(action.at("succeeded"));
    add(errors, tally(action.at("errors")));
  }
  for (const json& type : states) add(in_states, tally(type));
  return {{"actions", tally(succeeded)}, {"errors", errors}, {"states", in_states}};
}

}  // namespace

void Coverage::note(std::string_view action, std::string_view error_type, const Changes& changes) {
  auto found = actions_.find(action);
  if (found == actions_.end()) found = actions_.emplace(action, Calls()).first;
  Calls& calls = found->second;
  if (error_type.empty()) {
    ++calls.succeeded;
  } else {
    ++calls.errors[std::string(error_type)];
  }
  for (const StateChange& change : changes.list()) {
    if (change.to && !change.to->empty()) ++states_[{change.type, *change.to}];
  }
}

void Coverage::clear() {
  actions_.clear();
  states_.clear();
}

json Coverage::report(const Model& model) const {
  json actions = json::object();
  for (const std::string& name : model.actions()) {
    const auto found = actions_.find(name);
    const Calls calls = found == actions_.end() ? Calls() : found->second;
    std::uint64_t count = calls.succeeded;
    json errors = json::object();
    for (const std::string& type : model.errors(name)) errors[type] = 0;
    for (const auto& [type, times] : calls.errors) {
      errors[type] = times;
      count += times;
    }
    actions[name] = {{"calls", count}, {"succeeded", calls.succeeded}, {"errors", errors}};
  }
  json states = all_states();
  for (const auto& [state, count] : states_) states[state.first][state.second] = count;
  json summary = summary_of(actions, states);
  return {{"summary", std::move(summary)},
          {"actions", std::move(actions)},
          {"states", std::move(states)}};
}

}  // namespace papersail
