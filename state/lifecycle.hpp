// Lifecycle profiles: the delayed state transitions of resources, as data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/transition.hpp"
#include "text/time.hpp"

namespace papersail {

// The end of an operation that starts now: after how long, and with which error, if any.
struct Outcome {
  Millis after = 0;
  std::string error_code;
  std::string error_details;
};

// A profile: `instant`, `fast`, `realistic`, or a file of the user.
//
//   {"base": "realistic", "scale": 0.5,
//    "delays": {"windows-password": 900},
//    "transitions": [{"type", "name", "from", "after", "to", "patch", "errorCode", …}]}
//
// Times are in seconds, at most 100 years. `patch` need not contain the state. Keys that begin with
// "_" are notes. `base` includes another profile, with its times multiplied by `scale`. The first
// row that matches applies: rows of the profile come before those of its base, and rows with any
// other glob before those with "*".
class Lifecycle {
 public:
  // Loads a built-in profile by its name, or a file by its path. Throws std::invalid_argument.
  static Lifecycle load(const std::string& profile);
  // Returns the names of the built-in profiles.
  static const std::vector<std::string>& names();
  // Parses the text of a profile. Throws std::invalid_argument, also if transitions can form a loop
  // in which none takes at least a second.
  static Lifecycle parse(std::string_view text);
  // Returns the lifecycle for {"profile": name} or a profile as above. Accepts only built-in
  // profiles, no files, because the value may come from a client. Throws std::invalid_argument.
  static Lifecycle of(const json& profile);

  // Returns the argument for `of`: {"profile": ...}, or the profile as written.
  const json& description() const { return description_; }

  // Returns the row that applies to a resource in this state; null if there is none, so that the
  // resource stays in the state.
  const Transition* next(std::string_view type, std::string_view name,
                         std::string_view state) const;
  // Returns how long a resource that enters `state` now takes to reach a state without a next
  // transition; or how long until its first transition with an error code, and that error.
  Outcome final_outcome(std::string_view type, std::string_view name, std::string_view state) const;
  // True if any transition has an error code.
  bool has_failures() const { return has_failures_; }
  // Returns a named time that is not a transition, in milliseconds; 0 if the profile has none.
  Millis delay(const std::string& name) const;

 private:
  enum class Bases { built_in, files_too };

  static Lifecycle load(const std::string& profile, Bases bases, int depth);
  static Lifecycle read(const json& profile, Bases bases, int depth);
  void scale(double factor);
  void add_delays(const json& delays);
  void refuse_loops_without_delay() const;

  std::vector<Transition> transitions_;
  std::map<std::string, Millis> delays_;
  json description_;
  bool has_failures_ = false;
};

}  // namespace papersail
