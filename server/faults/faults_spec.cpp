// Parses faults from JSON.
#include <algorithm>
#include <stdexcept>

#include "handlers/catalog.hpp"
#include "server/api/error.hpp"
#include "server/faults/faults.hpp"
#include "text/strict_object.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr double longest_latency = 600'000;  // ten minutes
constexpr double highest_rate = 1e6;

ErrorEffect error_effect(const json& spec) {
  StrictObject members(spec, "error");
  const auto type = members.text("type");
  if (!type) members.refuse("type", "the name of an exception");
  const auto known = injectable_error(*type);
  if (!known) members.refuse("type", "an exception of the service, not " + *type);
  const auto message = members.text("message");
  const auto code = members.text("code");
  members.finish();
  return {ApiError(*type, code.value_or(known->code), message.value_or(known->message))};
}

RateEffect rate_effect(const json& spec) {
  StrictObject members(spec, "rate");
  const auto per_second = members.number("per_second", 1e-3, highest_rate);
  if (!per_second) members.refuse("per_second", "a number of calls");
  const auto burst = members.number("burst", 1, highest_rate);
  members.finish();
  return {*per_second, burst.value_or(std::max(1.0, *per_second))};
}

[[noreturn]] void refuse_latency() {
  throw std::invalid_argument(
      "\"latency_ms\" must be a whole number of milliseconds, or two of them with "
      "the smaller one first, of at most ten minutes.");
}

int latency(const json& value) {
  if (!value.is_number_unsigned() || value.get<double>() > longest_latency) refuse_latency();
  return value;
}

LatencyEffect latency_effect(const json& spec) {
  if (!spec.is_array()) return {latency(spec), latency(spec)};
  if (spec.size() != 2) refuse_latency();
  const LatencyEffect effect{latency(spec[0]), latency(spec[1])};
  if (effect.least > effect.most) refuse_latency();
  return effect;
}

ResetEffect reset_effect(const json& spec) {
  if (spec != true) throw std::invalid_argument("\"reset\" must be true.");
  return {};
}

OperationEffect operation_effect(const json& spec) {
  StrictObject members(spec, "operation");
  Outcome end;
  end.error_code = members.text("errorCode").value_or("InternalFailure");
  end.error_details = members.text("errorDetails").value_or("The operation failed.");
  members.finish();
  if (end.error_code.empty()) members.refuse("errorCode", "a non-empty string");
  return {end};
}

Effect effect_of(StrictObject& members) {
  std::vector<Effect> effects;
  if (const json* spec = members.any("error")) effects.emplace_back(error_effect(*spec));
  if (const json* spec = members.any("rate")) effects.emplace_back(rate_effect(*spec));
  if (const json* spec = members.any("latency_ms")) effects.emplace_back(latency_effect(*spec));
  if (const json* spec = members.any("reset")) effects.emplace_back(reset_effect(*spec));
  if (const json* spec = members.any("operation")) effects.emplace_back(operation_effect(*spec));
  if (effects.size() == 1) return effects.front();
  throw std::invalid_argument(
      "A fault needs exactly one effect: \"error\", \"rate\", \"latency_ms\", \"reset\" or "
      "\"operation\".");
}

bool phase_after(StrictObject& members, const Effect& effect) {
  const auto phase = members.text("phase");
  if (!phase) return false;
  if (phase != "before" && phase != "after") members.refuse("phase", "\"before\" or \"after\"");
  const bool has_phases =
      std::holds_alternative<ErrorEffect>(effect) || std::holds_alternative<ResetEffect>(effect);
  if (!has_phases) {
    throw std::invalid_argument("\"phase\" is allowed only with \"error\" or \"reset\".");
  }
  return phase == "after";
}

// Refuses a misspelled action: the fault would never apply.
void require_matches(const Fault& fault, Model& model) {
  const bool fails_operations = std::holds_alternative<OperationEffect>(fault.effect);
  bool any = false, any_begins = false;
  for (const auto& action : model.actions()) {
    if (!matches_glob(fault.action, action)) continue;
    any = true;
    any_begins = any_begins || begins_operations(action, *model.action(action));
    if (any_begins || !fails_operations) break;
  }
  if (!any) throw std::invalid_argument("No action matches \"" + fault.action + "\".");
  if (fails_operations && !any_begins) {
    throw std::invalid_argument("No action that matches \"" + fault.action +
                                "\" begins an operation.");
  }
}

void require_region(const std::string& region) {
  const bool glob = region.find_first_of("*?[") != std::string::npos;
  if (!glob && !is_region(region)) {
    throw std::invalid_argument("There is no Lightsail region \"" + region + "\".");
  }
}

}  // namespace

Fault fault_of(const json& spec, Model& model) {
  StrictObject members(spec);
  Fault fault;
  fault.spec = spec;
  const auto action = members.text("action");
  if (!action) members.refuse("action", "the name of an action, or a glob");
  fault.action = *action;
  fault.resource = members.text("resource").value_or("*");
  fault.region = members.text("region").value_or("*");
  fault.after = members.count("after", 0).value_or(fault.after);
  fault.times = members.count("times", 1).value_or(fault.times);
  fault.probability = members.number("probability", 0, 1).value_or(1);
  fault.effect = effect_of(members);
  fault.phase_after = phase_after(members, fault.effect);
  members.finish();
  require_matches(fault, model);
  require_region(fault.region);
  return fault;
}

json to_json(const Fault& fault) {
  json out = fault.spec;
  out["number"] = fault.number;
  out["matches"] = fault.matches;
  out["hits"] = fault.hits;
  return out;
}

}  // namespace papersail
