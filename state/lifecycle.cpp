#include "state/lifecycle.hpp"

#include <fnmatch.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

Millis scaled(double in_seconds, double scale) {
  return static_cast<Millis>(std::llround(in_seconds * 1000 * scale));
}

Transition transition_of(const json& row) {
  Transition out;
  out.type = row.at("type");
  out.from = row.at("from");
  out.name = row.value("name", "*");
  out.after = scaled(row.value("after", 0.0), 1);
  if (!row.at("to").is_null()) out.to = row.at("to");
  out.patch = row.value("patch", json::object()).dump();
  out.error_code = row.value("errorCode", "");
  out.error_details = row.value("errorDetails", "");
  if (out.after < 0) throw std::invalid_argument("lifecycle: a negative time");
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
  const auto built_in = fixture("lifecycles/" + profile + ".json");
  return parse(built_in ? std::string(*built_in) : text_of_file(profile));
}

Lifecycle Lifecycle::parse(std::string_view text) try {
  const json profile = json::parse(text);
  Lifecycle out;
  if (profile.contains("base")) out = load(profile["base"]);
  const double scale = profile.value("scale", 1.0);
  for (auto& row : out.transitions_) row.after = std::llround(double(row.after) * scale);
  for (auto& [name, delay] : out.delays_) delay = std::llround(double(delay) * scale);
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

void Lifecycle::refuse_timeless_circles() const {
  for (const Transition& start : transitions_) {
    const Transition* row = &start;
    for (int steps = 0; row && row->to && row->after == 0; ++steps) {
      if (steps == longest_chain) {
        throw std::invalid_argument("lifecycle: a " + start.type + " never rests after \"" +
                                    start.from + "\"");
      }
      row = next(row->type, row->name, *row->to);
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

Outcome Lifecycle::rest(std::string_view type, std::string_view name,
                        std::string_view state) const {
  Outcome out;
  const Transition* row = next(type, name, state);
  for (int steps = 0; row && steps < longest_chain; ++steps) {
    out.after += row->after;
    out.error_code = row->error_code;
    out.error_details = row->error_details;
    row = row->to ? next(type, name, *row->to) : nullptr;
  }
  return out;
}

}  // namespace papersail
