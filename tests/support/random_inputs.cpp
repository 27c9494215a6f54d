#include "tests/support/random_inputs.hpp"

#include <algorithm>

#include "handlers/actions.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

constexpr int usual_weight = 4, often_weight = 16;

const json& tables() {
  static const json file = test_data("random.json");
  return file;
}

bool is_listed(const char* list, std::string_view action) {
  const json& actions = tables().at(list);
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

int weight_of(std::string_view action) {
  if (is_listed("often", action)) return often_weight;
  return action.starts_with("Get") || is_listed("seldom", action) ? 1 : usual_weight;
}

int chance_of(const std::string& member) {
  const json& chances = tables().at("chances");
  return chances.value(member, chances.at("usually").get<int>());
}

}  // namespace

RandomCalls::RandomCalls(std::uint64_t seed) : random_(seed, 0) {
  for (const Action& action : all_actions()) {
    actions_.insert(actions_.end(), weight_of(action.name), std::string(action.name));
  }
}

RandomCall RandomCalls::next(Millis now, const std::vector<std::string>& names) {
  now_ = now;
  names_ = names;
  RandomCall out;
  out.action = actions_[below(actions_.size())];
  const Shape& shape = *model_.action(out.action)->input;
  if (!happens_in(3)) {
    out.input = structure(shape);
    if (happens_in(65)) make_valid(out);
    return out;
  }
  auto& flaws = flaws_[out.action];
  if (flaws.empty()) flaws = invalid_values(shape);
  out.input = flaws.empty() ? json::object() : flaws[below(flaws.size())].value;
  return out;
}

void RandomCalls::make_valid(RandomCall& call) {
  const json& sound = tables().at("sound");
  if (!sound.contains(call.action)) return;
  const json& inputs = sound.at(call.action);
  call.input.merge_patch(inputs[below(inputs.size())]);
}

json RandomCalls::drawn(const Shape& shape, const std::string& name) {
  const json& values = tables().at("values");
  switch (shape.kind) {
    case Kind::structure:
      return structure(shape);
    case Kind::list:
      return list(shape, name);
    case Kind::map: {
      json out = json::object();
      out["web-" + std::to_string(1 + below(3))] = drawn(*shape.element, name);
      return out;
    }
    case Kind::boolean:
      return happens_in(70);
    case Kind::timestamp:  // at most a day from now
      return (now_ - hours(24) + static_cast<Millis>(below(hours(48)))) / 1000;
    case Kind::text:
      return text(shape, name);
    default:
      if (!values.contains(name)) return valid_value(shape);
      return values.at(name).at(below(values.at(name).size()));
  }
}

json RandomCalls::structure(const Shape& shape) {
  json out = json::object();
  for (const Member& member : shape.members) {
    if (!member.required && !happens_in(chance_of(member.name))) continue;
    out[member.name] = drawn(*member.shape, member.name);
  }
  return out;
}

json RandomCalls::list(const Shape& shape, const std::string& name) {
  json out = json::array();
  const std::size_t size = happens_in(70) ? 1 : below(4);
  while (out.size() < size) out.push_back(drawn(*shape.element, name));
  return out;
}

json RandomCalls::text(const Shape& shape, const std::string& name) {
  const json& values = tables().at("values");
  // The names of records are generated, so only names of existing resources can match one.
  const int foreign = name == "sourceName" ? 95 : 7;
  if (is_name(name) && !names_.empty() && happens_in(foreign)) return names_[below(names_.size())];
  if (values.contains(name)) return values.at(name).at(below(values.at(name).size()));
  return shape.values.empty() ? valid_value(shape) : json(shape.values[below(shape.values.size())]);
}

bool RandomCalls::is_name(const std::string& name) const {
  return name.ends_with("Name") && name != "masterDatabaseName" && name != "logStreamName" &&
         name != "parameterName" && name != "metricName";
}

}  // namespace papersail
