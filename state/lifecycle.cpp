#include "state/lifecycle.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "fixtures/fixtures.hpp"
#include "state/resource.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

// A loop of transitions must contain a delay of at least this: with a shorter one, an advance of
// the clock by a day would run through the loop too many times.
constexpr Millis shortest_loop_delay = seconds(1);

// With longer times, sums of times could overflow.
constexpr double longest_seconds = 100.0 * 365 * 24 * 3600;
constexpr int most_bases = 10;
constexpr std::size_t most_transitions = 1000;

Millis scaled(double in_seconds, double scale) {
  const double out = in_seconds * scale;
  if (!(out >= 0 && out <= longest_seconds)) {
    throw std::invalid_argument("lifecycle: times must be between 0 and 100 years");
  }
  return std::llround(out * 1000);
}

// Without this check a misspelt optional member would be ignored silently.
void refuse_unknown(const json& object, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : object.items()) {
    if (!key.starts_with('_') && std::find(known.begin(), known.end(), key) == known.end()) {
      throw std::invalid_argument("lifecycle: unknown member \"" + key + "\"");
    }
  }
}

[[noreturn]] void refuse(std::string_view member, const char* rule) {
  throw std::invalid_argument("lifecycle: " + std::string(member) + " must be " + rule);
}

std::string text_of(const json& value, std::string_view member) {
  if (!value.is_string()) refuse(member, "a string");
  return value;
}

double number_of(const json& value, std::string_view member) {
  if (!value.is_number()) refuse(member, "a number");
  return value;
}

const json& object_of(const json& value, std::string_view member) {
  if (!value.is_object()) refuse(member, "an object");
  return value;
}

const json& required(const json& row, const char* member) {
  const auto found = row.find(member);
  if (found == row.end()) refuse(member, "present in every transition");
  return *found;
}

// Returns the row's patch, with the new state added if documents of this type contain it.
json patch_of(const json& row, const Transition& transition) {
  json patch = object_of(row.value("patch", json::object()), "patch");
  const auto* pointer = status_pointer(transition.type);
  if (pointer && transition.to) patch[*pointer] = *transition.to;
  return patch;
}

Transition transition_of(const json& row) {
  refuse_unknown(object_of(row, "a transition"),
                 {"type", "name", "from", "after", "to", "patch", "errorCode", "errorDetails"});
  Transition out;
  out.type = text_of(required(row, "type"), "type");
  out.from = text_of(required(row, "from"), "from");
  out.name = text_of(row.value("name", json("*")), "name");
  out.after = scaled(number_of(row.value("after", json(0)), "after"), 1);
  const json& to = required(row, "to");
  if (!to.is_null()) out.to = text_of(to, "to");
  out.patch = patch_of(row, out);
  out.error_code = text_of(row.value("errorCode", json("")), "errorCode");
  out.error_details = text_of(row.value("errorDetails", json("")), "errorDetails");
  return out;
}

std::vector<Transition> transitions_of(const json& rows) {
  if (!rows.is_array() || rows.size() > most_transitions) {
    refuse("transitions", "a list of at most 1000");
  }
  std::vector<Transition> out;
  for (const json& row : rows) out.push_back(transition_of(row));
  return out;
}

std::string text_of_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::invalid_argument("neither a lifecycle profile nor a file: " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

json parsed_profile(std::string_view text) {
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    throw std::invalid_argument(std::string("lifecycle: ") + error.what());
  }
}

constexpr int longest_chain = 100;

// The states that a type and its state can lead to without a delay.
using FastTargets =
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string_view>>;

FastTargets fast_targets(const std::vector<Transition>& rows) {
  FastTargets out;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> known;
  for (const Transition& row : rows) {
    // An earlier row with the same glob replaces this one.
    const bool replaced = !known.emplace(row.type, row.from, row.name).second;
    if (replaced || !row.to || row.after >= shortest_loop_delay) continue;
    out[{row.type, row.from}].push_back(*row.to);
  }
  return out;
}

bool leads_to(const FastTargets& targets, std::string_view type, std::string_view from,
              std::string_view to, std::set<std::string_view>& seen) {
  const auto found = targets.find({type, from});
  if (found == targets.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](std::string_view next) {
    return next == to || (seen.insert(next).second && leads_to(targets, type, next, to, seen));
  });
}

}  // namespace

Lifecycle Lifecycle::load(const std::string& profile) {
  return load(profile, Bases::files_too, 0);
}

Lifecycle Lifecycle::parse(std::string_view text) {
  return read(parsed_profile(text), Bases::files_too, 0);
}

Lifecycle Lifecycle::of(const json& profile) {
  if (!profile.is_object() || !profile.contains("profile")) {
    return read(profile, Bases::built_in, 0);
  }
  refuse_unknown(profile, {"profile"});
  return load(text_of(profile["profile"], "profile"), Bases::built_in, 0);
}

Lifecycle Lifecycle::load(const std::string& profile, Bases bases, int depth) {
  if (depth > most_bases) throw std::invalid_argument("lifecycle: more than 10 bases, or a loop");
  const auto built_in = fixture("lifecycles/" + profile + ".json");
  if (!built_in && bases == Bases::built_in) {
    throw std::invalid_argument("lifecycle: unknown profile \"" + profile + "\"");
  }
  const std::string text = built_in ? std::string(*built_in) : text_of_file(profile);
  Lifecycle out = read(parsed_profile(text), bases, depth);
  out.description_ = {{"profile", profile}};
  return out;
}

Lifecycle Lifecycle::read(const json& profile, Bases bases, int depth) try {
  refuse_unknown(object_of(profile, "a profile"), {"base", "scale", "delays", "transitions"});
  Lifecycle out;
  if (profile.contains("base")) out = load(text_of(profile["base"], "base"), bases, depth + 1);
  const double scale = number_of(profile.value("scale", json(1)), "scale");
  for (auto& row : out.transitions_) row.after = scaled(double(row.after) / 1000, scale);
  for (auto& [name, delay] : out.delays_) delay = scaled(double(delay) / 1000, scale);
  const json delays = object_of(profile.value("delays", json::object()), "delays");
  for (const auto& [name, delay] : delays.items()) {
    out.delays_[name] = scaled(number_of(delay, name), 1);
  }
  const auto own = transitions_of(profile.value("transitions", json::array()));
  out.transitions_.insert(out.transitions_.begin(), own.begin(), own.end());
  out.refuse_loops_without_delay();
  out.description_ = profile;
  return out;
} catch (const json::exception& e) {  // the patch has no object at the place of the state
  throw std::invalid_argument(std::string("lifecycle: ") + e.what());
}

// Ignores which names the rows are for: rows with different globs can apply to the same resource.
void Lifecycle::refuse_loops_without_delay() const {
  const FastTargets targets = fast_targets(transitions_);
  for (const Transition& row : transitions_) {
    std::set<std::string_view> seen;
    if (leads_to(targets, row.type, row.from, row.from, seen)) {
      throw std::invalid_argument("lifecycle: the transitions of " + row.type +
                                  " form a loop without delay at \"" + row.from + "\"");
    }
  }
}

Millis Lifecycle::delay(const std::string& name) const {
  const auto found = delays_.find(name);
  return found == delays_.end() ? 0 : found->second;
}

const Transition* Lifecycle::next(std::string_view type, std::string_view name,
                                  std::string_view state) const {
  const Transition* any = nullptr;
  for (const Transition& row : transitions_) {
    if (row.from != state || row.type != type) continue;
    if (row.name == "*") {
      if (!any) any = &row;
    } else if (fnmatch(row.name.c_str(), std::string(name).c_str(), 0) == 0) {
      return &row;
    }
  }
  return any;
}

Outcome Lifecycle::final_outcome(std::string_view type, std::string_view name,
                                 std::string_view state) const {
  Outcome out;
  const Transition* row = next(type, name, state);
  for (int steps = 0; row && out.error_code.empty() && steps < longest_chain; ++steps) {
    out.after += row->after;
    out.error_code = row->error_code;
    out.error_details = row->error_details;
    row = row->to ? next(type, name, *row->to) : nullptr;
  }
  return out;
}

}  // namespace papersail
