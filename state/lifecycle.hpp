// How resources move by themselves: rows of data, not code.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "text/time.hpp"

namespace papersail {

// One row: a resource of `type` in state `from` becomes `to` after `after`.
struct Transition {
  std::string type;
  std::string from;
  std::string name;  // a glob on the resource's name; "*" is any
  Millis after = 0;
  std::optional<std::string> to;  // none: the resource is gone
  json patch;                     // RFC 7396, applied to the document; shows `to`
  std::string error_code;         // set: the operation that waits for this ends Failed
  std::string error_details;
};

// How an operation ends that was started now.
struct Outcome {
  Millis after = 0;
  std::string error_code;
  std::string error_details;
};

// A profile: `instant`, `fast`, `realistic`, or a file of the user's.
//
//   {"base": "realistic", "scale": 0.5,
//    "delays": {"windows-password": 900},
//    "transitions": [{"type", "name", "from", "after", "to", "patch", "errorCode", …}]}
//
// Times are in seconds, a hundred years at most. The state itself need not be in `patch`, and keys
// that begin with "_" are notes. `base` brings in another profile's rows, multiplied by `scale`;
// rows of one's own come before those of the base, and a name's own row before that of "*".
class Lifecycle {
 public:
  // A built-in profile's name, or the path of a file. Throws std::invalid_argument.
  static Lifecycle load(const std::string& profile);
  // From a profile's own text. Refuses rows that could run in a circle without any time passing.
  static Lifecycle parse(std::string_view text);
  // From {"profile": name} or a profile as above; bases are built-in profiles, never files: this
  // may come from a client. Throws std::invalid_argument.
  static Lifecycle of(const json& profile);

  // What `of` makes it from: {"profile": ...}, or the profile as it was written.
  const json& description() const { return description_; }

  // The row that a resource in this state follows; null when it rests there.
  const Transition* next(std::string_view type, std::string_view name,
                         std::string_view state) const;
  // When a resource that entered `state` now comes to rest, or fails on the way.
  Outcome final_outcome(std::string_view type, std::string_view name, std::string_view state) const;
  // A named time that is no transition of a resource; 0 where the profile has none.
  Millis delay(const std::string& name) const;

 private:
  enum class Bases { built_in, files_too };

  static Lifecycle load(const std::string& profile, Bases bases, int depth);
  static Lifecycle read(const json& profile, Bases bases, int depth);
  void refuse_timeless_circles() const;
  bool leads_at_once(const std::string& type, const std::string& from, const std::string& to,
                     std::set<std::string>& seen) const;

  std::vector<Transition> transitions_;
  std::map<std::string, Millis> delays_;
  json description_;
};

}  // namespace papersail
