// The transitions of lifecycle profiles.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/time.hpp"

namespace papersail {

// A resource of `type` that has been in state `from` for `after` milliseconds enters state `to`.
struct Transition {
  std::string type;
  std::string from;
  std::string name;  // a glob on the resource's name; "*" matches any
  Millis after = 0;
  std::optional<std::string> to;  // nullopt: the resource is deleted
  json patch;                     // RFC 7396, applied to the document; contains `to`
  std::string error_code;         // not empty: the operation that waits for this ends Failed
  std::string error_details;
};

// The longest time in a profile, a hundred years. With longer times, sums of times could overflow.
constexpr double longest_seconds = 100.0 * 365 * 24 * 3600;

// Parses the member "transitions" of a profile. Throws std::invalid_argument that names the row and
// the member.
std::vector<Transition> transitions_of(const json& rows);

}  // namespace papersail
