// Coverage of the service by the calls so far.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "server/api/model.hpp"
#include "state/changes.hpp"

namespace papersail {

// The actions, errors and states that the calls of all accounts have exercised: the part of the
// service that a test suite covers. Injected errors count like any other.
class Coverage {
 public:
  // `error_type` is empty for a call that succeeded.
  void note(std::string_view action, std::string_view error_type, const Changes& changes);
  void clear();

  // Returns {"summary": {"actions": {"exercised", "all"}, "errors", "states"},
  //  "actions": {name: {"calls", "succeeded", "errors": {type: count}}},
  //  "states": {type: {state: count}}}. Everything that was not exercised has a count of 0. An
  // action counts as exercised once it has succeeded.
  //  "actions": {name: {"calls", "succeeded", "errors": {type: count}}},
  //  "states": {type: {state: count}}}. There is a count of 0 for each thing that exists and was
  // not met. An action is exercised once it has succeeded.
  json report(const Model& model) const;

 private:
  struct Calls {
    std::uint64_t succeeded = 0;
    std::map<std::string, std::uint64_t, std::less<>> errors;
  };

  std::map<std::string, Calls, std::less<>> actions_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> states_;  // by type and state
};

// Converts the report to JUnit XML: one test case for each action, error and state, skipped if it
// was not exercised.
std::string junit(const json& report);

}  // namespace papersail
