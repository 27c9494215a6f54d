#include "state/lifecycle.hpp"

#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "fixtures/fixtures.hpp"
#include "text/files.hpp"
#include "text/strict_object.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

// A loop of transitions must contain a delay of at least this: with a shorter one, an advance of
// the clock by a day would run through the loop too many times.
constexpr Millis shortest_loop_delay = seconds(1);

constexpr int most_bases = 10;
constexpr int longest_chain = 100;

[[noreturn]] void refuse(const std::string& what) {
  throw std::invalid_argument(what);
}

Millis scaled(Millis time, double scale) {
  const double out = static_cast<double>(time) * scale;
  if (out > longest_seconds * 1000) refuse("\"scale\" makes a time longer than 100 years.");
  return std::llround(out);
}

std::string text_of_profile(const std::string& path) {
  auto text = bytes_of_file(path);
  if (!text) {
    refuse("\"" + path + "\" is neither a profile nor a readable file. The profiles are " +
           joined(Lifecycle::names()) + ".");
  }
  return *std::move(text);
}

json parsed_profile(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const json::exception& error) {
    refuse(json_problem(error));
  }
}

// Adds the subject to the message of an invalid profile.
Lifecycle checked(const auto& make) {
  try {
    return make();
  } catch (const std::invalid_argument& error) {
    refuse(std::string("lifecycle: ") + error.what());
  }
}

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
  return checked([&] { return load(profile, Bases::files_too, 0); });
}

const std::vector<std::string>& Lifecycle::names() {
  static const std::vector<std::string> names = {"fast", "instant", "realistic"};
  return names;
}

Lifecycle Lifecycle::parse(std::string_view text) {
  return checked([&] { return read(parsed_profile(text), Bases::files_too, 0); });
}

Lifecycle Lifecycle::of(const json& profile) {
  return checked([&] {
    if (!profile.is_object() || !profile.contains("profile")) {
      return read(profile, Bases::built_in, 0);
    }
    StrictObject members(profile);
    members.drop_notes();
    const auto name = members.text("profile");
    members.finish();
    return load(*name, Bases::built_in, 0);
  });
}

Lifecycle Lifecycle::load(const std::string& profile, Bases bases, int depth) {
  if (depth > most_bases) refuse("The profile has more than 10 bases, or a loop of bases.");
  const auto built_in = fixture("lifecycles/" + profile + ".json");
  if (!built_in && bases == Bases::built_in) refuse("There is no profile \"" + profile + "\".");
  const std::string text = built_in ? std::string(*built_in) : text_of_profile(profile);
  Lifecycle out = read(parsed_profile(text), bases, depth);
  out.description_ = {{"profile", profile}};
  return out;
}

Lifecycle Lifecycle::read(const json& profile, Bases bases, int depth) {
  if (!profile.is_object()) refuse("A profile must be a JSON object.");
  StrictObject members(profile);
  members.drop_notes();
  Lifecycle out;
  if (const auto base = members.text("base")) out = load(*base, bases, depth + 1);
  out.scale(members.number("scale", 0, longest_seconds).value_or(1));
  if (const json* delays = members.any("delays")) out.add_delays(*delays);
  if (const json* rows = members.any("transitions")) {
    const auto own = transitions_of(*rows);
    out.transitions_.insert(out.transitions_.begin(), own.begin(), own.end());
  }
  members.finish();
  out.refuse_loops_without_delay();
  out.has_failures_ = std::any_of(out.transitions_.begin(), out.transitions_.end(),
                                  [](const Transition& row) { return !row.error_code.empty(); });
  out.description_ = profile;
  return out;
}

void Lifecycle::scale(double factor) {
  for (auto& row : transitions_) row.after = scaled(row.after, factor);
  for (auto& [name, delay] : delays_) delay = scaled(delay, factor);
}

void Lifecycle::add_delays(const json& delays) {
  StrictObject members(delays, "delays");
  for (const auto& [name, delay] : delays.items()) {
    delays_[name] = std::llround(*members.number(name, 0, longest_seconds) * 1000);
  }
}

// Ignores which names the rows are for: rows with different globs can apply to the same resource.
void Lifecycle::refuse_loops_without_delay() const {
  const FastTargets targets = fast_targets(transitions_);
  for (const Transition& row : transitions_) {
    std::set<std::string_view> seen;
    if (leads_to(targets, row.type, row.from, row.from, seen)) {
      refuse("The transitions of " + row.type + " form a loop at \"" + row.from +
             "\" without a delay of 1 s: one of them must take at least 1 s.");
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
    } else if (matches_glob(row.name, name)) {
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
