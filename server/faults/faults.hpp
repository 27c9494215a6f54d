// Failures on order: which calls something befalls, and what.
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

// What the faults do to one call, all of them together.
struct FaultOutcome {
  std::vector<int> faults;             // the numbers of those that hit
  std::chrono::milliseconds delay{0};  // of the answer
  std::optional<Outcome> operation;    // how its operations end
  std::optional<ApiError> error;       // the answer instead of its own
  bool reset = false;                  // no answer
  bool after = false;                  // error and reset wait until the change is made
};

// The effects. Each adds itself to `struck`; `draw` is random, at least 0 and below 1.
struct ErrorEffect {
  void hit(FaultOutcome& outcome, double draw) const;
  ApiError error;
};
// A bucket of `burst` tokens that fills up by `per_second` of the account's own time. Calls that
// find it empty are throttled.
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
  int least, most;  // milliseconds of real time
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
  json spec;  // as it was ordered
  int number = 0;
  std::string action;  // globs
  std::string resource = "*";
  std::string region = "*";
  std::uint64_t after = 0;                                          // so many matches are spared
  std::uint64_t times = std::numeric_limits<std::uint64_t>::max();  // then so many are hit
  double probability = 1;
  bool phase_after = false;
  Effect effect = ResetEffect{};
  std::uint64_t matches = 0;
  std::uint64_t hits = 0;
};

// From what a client ordered. Throws std::invalid_argument that names the wrong member.
Fault fault_of(const json& spec, Model& model);
// {"number", "matches", "hits", …}, with what was ordered.
json to_json(const Fault& fault);

// A call as faults see it.
struct FaultTarget {
  Account& account;
  const std::string& region;
  std::string_view action;
  const ActionModel& model;
  const json& input;
  Millis now;
};

// The names of resources that an input brings, of any member.
std::vector<std::string> resources_named(const json& input);
// Whether the action's answer tells of operations that it began.
bool begins_operations(std::string_view action, const ActionModel& model);

// The faults of all accounts, in memory alone.
class Faults {
 public:
  // Those of one account, in the order in which they are tried.
  const std::vector<Fault>& of(std::string_view account) const;
  // Gives it the account's next number. Throws std::length_error if there are too many.
  const Fault& add(std::string_view account, Fault fault);
  // How many it removed: the one with this number, or all.
  std::size_t remove(std::string_view account, std::optional<int> number = std::nullopt);
  // All are removed, and numbers begin anew.
  void forget(std::string_view account);

  // Counts the call with every fault that it matches. Delays add up; of errors and resets the
  // first that hits counts, and ends the search.
  FaultOutcome evaluate(const FaultTarget& target);

 private:
  struct Plan {
    int last_number = 0;
    std::vector<Fault> faults;
  };
  std::map<std::string, Plan, std::less<>> plans_;
};

// Throws what keeps the call from its handler.
void throw_error_before(const FaultOutcome& outcome);
// Does to the answer of a call, whatever it is, what was ordered.
void apply_to(Response& response, const FaultOutcome& outcome);

}  // namespace papersail
