#include "state/lifecycle.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "fixtures/fixtures.hpp"
#include "state/json.hpp"
#include "state/resource.hpp"

namespace papersail {
namespace {

// Beyond this, adding times up could overflow.
constexpr double longest_seconds = 100.0 * 365 * 24 * 3600;
constexpr int most_bases = 10;

Millis scaled(double in_seconds, double scale) {
  const double out = in_seconds * scale;
  if (!(out >= 0 && out <= longest_seconds)) {
    throw std::invalid_argument("lifecycle: a time below zero or above a hundred years");
  }
  return std::llround(out * 1000);
}

// A slip in a name would otherwise pass for a row without it.
void refuse_unknown(const json& object, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : object.items()) {
    if (!key.starts_with('_') && std::find(known.begin(), known.end(), key) == known.end()) {
      throw std::invalid_argument("lifecycle: what is \"" + key + "\"?");
    }
  }
}

// With the state itself, where documents of this type show one.
json patch_of(const json& row, const std::string& type) {
  json patch = row.value("patch", json::object());
  const auto* pointer = status_pointer(type);
  if (pointer && !row.at("to").is_null()) patch[*pointer] = row.at("to");
  return patch;
}

Transition transition_of(const json& row) {
  refuse_unknown(row,
                 {"type", "name", "from", "after", "to", "patch", "errorCode", "errorDetails"});
  Transition out;
  out.type = row.at("type");
  out.from = row.at("from");
  out.name = row.value("name", "*");
  out.after = scaled(row.value("after", 0.0), 1);
  if (!row.at("to").is_null()) out.to = row.at("to");
  out.patch = patch_of(row, out.type);
  out.error_code = row.value("errorCode", "");
  out.error_details = row.value("errorDetails", "");
  return out;
}

std::string text_of_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::invalid_argument("no lifecycle profile and no file: " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr int longest_chain = 100;

}  // namespace

Lifecycle Lifecycle::load(const std::string& profile) {
  return load(profile, 0);
}

Lifecycle Lifecycle::parse(std::string_view text) {
  return parse(text, 0);
}

Lifecycle Lifecycle::load(const std::string& profile, int depth) {
  if (depth > most_bases) throw std::invalid_argument("lifecycle: too many bases, or a circle");
  const auto built_in = fixture("lifecycles/" + profile + ".json");
  return parse(built_in ? std::string(*built_in) : text_of_file(profile), depth);
}

Lifecycle Lifecycle::parse(std::string_view text, int depth) try {
  const json profile = json::parse(text);
  refuse_unknown(profile, {"base", "scale", "delays", "transitions"});
  Lifecycle out;
  if (profile.contains("base")) out = load(profile["base"], depth + 1);
  const double scale = profile.value("scale", 1.0);
  for (auto& row : out.transitions_) row.after = scaled(double(row.after) / 1000, scale);
  for (auto& [name, delay] : out.delays_) delay = scaled(double(delay) / 1000, scale);
  const json delays = profile.value("delays", json::object());
  for (const auto& [name, delay] : delays.items()) out.delays_[name] = scaled(delay, 1);
  std::vector<Transition> own;
  for (const json& row : profile.value("transitions", json::array())) {
    own.push_back(transition_of(row));
  }
  out.transitions_.insert(out.transitions_.begin(), own.begin(), own.end());
  out.refuse_timeless_circles();
  return out;
} catch (const json::exception& e) {
  throw std::invalid_argument(std::string("lifecycle: ") + e.what());
}

// Whatever the names: rows of different names could meet in one resource.
void Lifecycle::refuse_timeless_circles() const {
  for (const Transition& row : transitions_) {
    std::set<std::string> seen;
    if (leads_at_once(row.type, row.from, row.from, seen)) {
      throw std::invalid_argument("lifecycle: a " + row.type + " may never rest after \"" +
                                  row.from + "\"");
    }
  }
}

bool Lifecycle::leads_at_once(const std::string& type, const std::string& from,
                              const std::string& to, std::set<std::string>& seen) const {
  std::set<std::string> names;
  for (const Transition& row : transitions_) {
    if (row.type != type || row.from != from) continue;
    const bool replaced = !names.insert(row.name).second;  // by an earlier row of the same name
    if (replaced || !row.to || row.after > 0) continue;
    if (*row.to == to) return true;
    if (seen.insert(*row.to).second && leads_at_once(type, *row.to, to, seen)) return true;
  }
  return false;
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

Outcome Lifecycle::rest(std::string_view type, std::string_view name,
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
