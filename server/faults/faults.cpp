#include "server/faults/faults.hpp"

#include <algorithm>

#include "fixtures/fixtures.hpp"
#include "server/api/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_faults = 1000;  // each call evaluates all of them
constexpr std::size_t max_names = 1000;   // that an action accepts in one call

using Names = std::optional<std::vector<std::string>>;  // nullopt: not collected yet

bool names_resource(const json& input, const std::string& glob, Names& names) {
  if (glob == "*") return true;
  if (!names) names = resources_named(input);
  return std::any_of(names->begin(), names->end(),
                     [&](const std::string& name) { return matches_glob(glob, name); });
}

bool matches(const Fault& fault, const FaultTarget& target, Names& names) {
  const bool fails_operations = std::holds_alternative<OperationEffect>(fault.effect);
  return matches_glob(fault.action, target.action) && matches_glob(fault.region, target.region) &&
         names_resource(target.input, fault.resource, names) &&
         (!fails_operations || begins_operations(target.action, target.model));
}

// Returns a number in [0, 1), derived from the account's seed: the same for the same match of the
// same fault.
double draw(const Fault& fault, const FaultTarget& target, const char* what) {
  const std::string label =
      "fault " + std::to_string(fault.number) + " " + what + " " + std::to_string(fault.matches);
  return static_cast<double>(target.account.store.ids().constant(label) >> 11) * 0x1p-53;
}

// Counts a match. Returns true if the fault applies to it.
bool hits(Fault& fault, const FaultTarget& target) {
  ++fault.matches;
  if (fault.matches <= fault.after || fault.hits >= fault.times) return false;
  if (fault.probability < 1 && draw(fault, target, "hit") >= fault.probability) return false;
  auto* rate = std::get_if<RateEffect>(&fault.effect);
  if (rate && rate->takes_token(target.now)) return false;
  ++fault.hits;
  return true;
}

// True for members whose names end in Name or Names but do not refer to resources.
bool names_no_resource(const std::string& member) {
  static const json list = parse_json(*fixture("faults.json")).at("notResources");
  return contains(list, member);
}

ApiError reset_error() {
  return {"ConnectionReset", "ConnectionReset", "A fault reset the connection."};
}

}  // namespace

void ErrorEffect::hit(FaultOutcome& outcome, double /*draw*/) const {
  outcome.error = error;
}

void RateEffect::hit(FaultOutcome& outcome, double /*draw*/) const {
  outcome.error = injectable_error("ThrottlingException");
}

void LatencyEffect::hit(FaultOutcome& outcome, double draw) const {
  outcome.delay += std::chrono::milliseconds(least + static_cast<int>(draw * (most - least + 1)));
}

void ResetEffect::hit(FaultOutcome& outcome, double /*draw*/) const {
  outcome.reset = true;
}

void OperationEffect::hit(FaultOutcome& outcome, double /*draw*/) const {
  if (!outcome.operation) outcome.operation = end;
}

// Restoring a checkpoint may set the clock back; the bucket keeps its tokens then.
bool RateEffect::takes_token(Millis now) {
  const Millis passed = std::max<Millis>(0, now - filled_at.value_or(now));
  filled_at = now;
  tokens = std::min(burst, tokens + per_second * static_cast<double>(passed) / 1000);
  if (tokens < 1) return false;
  tokens -= 1;
  return true;
}

std::vector<std::string> resources_named(const json& input) {
  std::vector<std::string> out;
  for (const auto& [member, value] : input.items()) {
    const bool name = member.ends_with("Name") || member.ends_with("Names");
    if (!name || names_no_resource(member)) continue;
    if (value.is_string()) out.push_back(value);
    if (!value.is_array()) continue;
    for (const json& one : value) {
      if (one.is_string() && out.size() < max_names) out.push_back(one);
    }
  }
  return out;
}

bool begins_operations(std::string_view action, const ActionModel& model) {
  if (action.starts_with("Get")) return false;
  const auto& members = model.output->members;
  return std::any_of(members.begin(), members.end(), [](const Member& member) {
    return member.name == "operation" || member.name == "operations";
  });
}

const std::vector<Fault>& Faults::of(std::string_view account) const {
  static const std::vector<Fault> none;
  const auto plan = plans_.find(account);
  return plan == plans_.end() ? none : plan->second.faults;
}

const Fault& Faults::add(std::string_view account, Fault fault) {
  Plan& plan = plans_[std::string(account)];
  if (plan.faults.size() >= max_faults) {
    throw std::length_error("An account has at most " + std::to_string(max_faults) + " faults.");
  }
  fault.number = ++plan.last_number;
  return plan.faults.emplace_back(std::move(fault));
}

std::size_t Faults::remove(std::string_view account, std::optional<int> number) {
  const auto plan = plans_.find(account);
  if (plan == plans_.end()) return 0;
  return std::erase_if(plan->second.faults,
                       [&](const Fault& fault) { return !number || fault.number == *number; });
}

void Faults::forget(std::string_view account) {
  const auto plan = plans_.find(account);
  if (plan != plans_.end()) plans_.erase(plan);
}

FaultOutcome Faults::evaluate(const FaultTarget& target) {
  FaultOutcome outcome;
  const auto plan = plans_.empty() ? plans_.end() : plans_.find(target.account.id);
  if (plan == plans_.end()) return outcome;
  Names names;
  for (Fault& fault : plan->second.faults) {
    if (!matches(fault, target, names) || !hits(fault, target)) continue;
    outcome.faults.push_back(fault.number);
    const double chance = draw(fault, target, "effect");
    std::visit([&](const auto& effect) { effect.hit(outcome, chance); }, fault.effect);
    if (!outcome.error && !outcome.reset) continue;
    outcome.after = fault.phase_after;
    break;
  }
  return outcome;
}

void throw_error_before(const FaultOutcome& outcome) {
  if (outcome.after) return;
  if (outcome.error) throw ApiError(*outcome.error);
  if (outcome.reset) throw reset_error();
}

void apply_to(Response& response, const FaultOutcome& outcome) {
  response.delay = outcome.delay;
  if (outcome.error && outcome.after) set_error(response, *outcome.error);
  if (!outcome.reset) return;
  set_error(response, reset_error());
  response.status = 0;  // no response is sent
  response.body.clear();
  response.reset = true;
}

}  // namespace papersail
