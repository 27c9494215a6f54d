#include "state/transition.hpp"

#include <cmath>
#include <stdexcept>

#include "state/resource.hpp"
#include "text/strict_object.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_transitions = 1000;

std::optional<std::string> state_in(StrictObject& row, const char* name) {
  const json* state = row.any(name);
  if (state->is_null()) return std::nullopt;
  if (!state->is_string()) row.refuse(name, "a string, or null");
  return state->get<std::string>();
}

// Returns the row's patch, with the new state added if documents of this type contain it.
json patch_in(StrictObject& row, const Transition& transition) {
  const json* given = row.any("patch");
  json patch = given ? *given : json::object();
  if (!patch.is_object()) row.refuse("patch", "an object");
  const auto pointer = status_pointer(transition.type);
  if (!pointer || !transition.to) return patch;
  try {
    patch[*pointer] = *transition.to;
  } catch (const json::exception&) {
    row.refuse("patch", "an object that can contain the state at " + pointer->to_string());
  }
  return patch;
}

Transition transition_of(const json& row, const std::string& path) {
  StrictObject members(row, path);
  members.drop_notes();
  members.require({"type", "from", "to"});
  Transition out;
  out.type = *members.text("type");
  out.from = *members.text("from");
  out.name = members.text("name").value_or("*");
  out.after = std::llround(members.number("after", 0, longest_seconds).value_or(0) * 1000);
  out.to = state_in(members, "to");
  out.patch = patch_in(members, out);
  out.error_code = members.text("errorCode").value_or("");
  out.error_details = members.text("errorDetails").value_or("");
  members.finish();
  return out;
}

}  // namespace

std::vector<Transition> transitions_of(const json& rows) {
  if (!rows.is_array() || rows.size() > most_transitions) {
    throw std::invalid_argument("\"transitions\" must be an array of at most 1000.");
  }
  std::vector<Transition> out;
  for (const json& row : rows) {
    out.push_back(transition_of(row, "transitions[" + std::to_string(out.size()) + ']'));
  }
  return out;
}

}  // namespace papersail
