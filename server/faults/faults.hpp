// Fault injection: rules that make calls fail, wait or lose their responses.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/api/model.hpp"
#include "server/api/request.hpp"
#include "state/account.hpp"
#include "state/lifecycle.hpp"

namespace papersail {

// The combined effect of all faults on one call.
struct FaultOutcome {
  std::vector<int> faults;             // numbers of the faults that applied
  std::chrono::milliseconds delay{0};  // delay of the response
  std::optional<Outcome> operation;    // how the call's operations end
  std::optional<ApiError> error;       // the response, in place of the call's own
  bool reset = false;                  // resets the connection without a response
  bool after = false;                  // error or reset follows the change (phase "after")
};

// The effects. `hit` adds the effect to `outcome`; `draw` is a random number in [0, 1).
struct ErrorEffect {
  void hit(FaultOutcome& outcome, double draw) const;
  ApiError error;
};
// A token bucket of size `burst`, refilled at `per_second` on the account's clock. A call that
// finds it empty is throttled.
struct RateEffect {
  void hit(FaultOutcome& outcome, double draw) const;
  bool takes_token(Millis now);
  double per_second;
  double burst;
  double tokens = burst;
  std::optional<Millis> filled_at = std::nullopt;
};
struct LatencyEffect {
  void hit(FaultOutcome& outcome, double draw) const;
  int least, most;  // in milliseconds of real time
};
struct ResetEffect {
  void hit(FaultOutcome& outcome, double draw) const;
};
struct OperationEffect {
  void hit(FaultOutcome& outcome, double draw) const;
  Outcome end;
};
using Effect = std::variant<ErrorEffect, RateEffect, LatencyEffect, ResetEffect, OperationEffect>;

struct Fault {
  json spec;  // as the client sent it
  int number = 0;
  std::string action;  // glob, as are the next two
  std::string resource = "*";
  std::string region = "*";
  std::uint64_t after = 0;  // number of matches to skip first
  std::uint64_t times = std::numeric_limits<std::uint64_t>::max();  // then the number to affect
  double probability = 1;
  bool phase_after = false;
  Effect effect = ResetEffect{};
  std::uint64_t matches = 0;
  std::uint64_t hits = 0;
};

// Parses a fault. Throws std::invalid_argument that names the wrong member.
Fault fault_of(const json& spec, Model& model);
// Returns the fault's spec with "number", "matches" and "hits".
json to_json(const Fault& fault);

// The parts of a call that faults match.
struct FaultTarget {
  Account& account;
  const std::string& region;
  std::string_view action;
  const ActionModel& model;
  const json& input;
  Millis now;
};

// Returns the resource names in all members of an input, at most a thousand of a list.
std::vector<std::string> resources_named(const json& input);
// True if the action starts operations: its output has a member for them.
bool begins_operations(std::string_view action, const ActionModel& model);

// The faults of all accounts, in memory only.
class Faults {
 public:
  // Returns the faults of an account in order of evaluation.
  const std::vector<Fault>& of(std::string_view account) const;
  // Assigns the account's next number to the fault and adds it. Throws std::length_error if the
  // account has too many.
  const Fault& add(std::string_view account, Fault fault);
  // Removes the fault with this number, or all faults. Returns how many were removed.
  std::size_t remove(std::string_view account, std::optional<int> number = std::nullopt);
  // Removes all faults and restarts the numbers at 1.
  void forget(std::string_view account);

  // Counts the call for every fault that it matches. Delays add up; the first error or reset that
  // applies ends the evaluation.
  FaultOutcome evaluate(const FaultTarget& target);

 private:
  struct Plan {
    int last_number = 0;
    std::vector<Fault> faults;
  };
  std::map<std::string, Plan, std::less<>> plans_;
};

// Throws the error or reset of phase "before", which skips the handler.
void throw_error_before(const FaultOutcome& outcome);
// Applies the outcome to the call's response: the delay, an error of phase "after", a reset of
// either phase.
void apply_to(Response& response, const FaultOutcome& outcome);

}  // namespace papersail
