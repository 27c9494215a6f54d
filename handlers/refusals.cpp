#include "handlers/refusals.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "handlers/types.hpp"

namespace papersail {
namespace {

// Returns the word of the messages for a resource of this type.
const std::string& noun_of(const Resource& resource) {
  static const std::map<std::string_view, std::string> nouns = {
      {type::disk, "disk"},
      {type::disk_snapshot, "snapshot"},
      {type::instance, "instance"},
      {type::instance_snapshot, "snapshot"}};
  return nouns.at(resource.type);
}

bool is_in(const Resource& resource, States allowed) {
  return std::find(allowed.begin(), allowed.end(), status_of(resource)) != allowed.end();
}

// True if the input has the member and it is not false.
bool is_set(const Call& call, const std::string& member) {
  return call.in.value(member, json(false)) != false;
}

// True if the member is also not empty: "" names nothing.
bool is_given(const Call& call, const std::string& member) {
  return is_set(call, member) && call.in[member] != "";
}

std::string alternatives(States states) {
  std::string out;
  for (const std::string_view state : states) out.append(out.empty() ? "" : " or ").append(state);
  return out;
}

}  // namespace

void require_state(const Resource& resource, const std::string& action, States allowed) {
  if (is_in(resource, allowed)) return;
  const std::string& noun = noun_of(resource);
  throw wrong_state(action + " the " + noun, "it is " + alternatives(allowed), noun,
                    status_of(resource));
}

void require_target_state(const Resource& resource, const std::string& action, States allowed) {
  if (is_in(resource, allowed)) return;
  const std::string& noun = noun_of(resource);
  throw wrong_state(action, "the target " + noun + " is " + alternatives(allowed), noun,
                    status_of(resource));
}

// The message follows the recorded errors for disks. AWS's CloudFormation handlers expect it for
// DetachDisk.
ApiError wrong_state(const std::string& action, const std::string& condition,
                     const std::string& noun, const std::string& state) {
  return operation_failure("You can only " + action + " when " + condition +
                           ". The current state of your " + noun + " is: " + state);
}

// AWS's CloudFormation handlers look for this message.
ApiError not_possible_now(const std::string& action, const Resource& resource) {
  const std::string& noun = noun_of(resource);
  return operation_failure("You can't " + action + " this " + noun +
                           " right now. The state of this " + noun + " is: " + status_of(resource));
}

void require_exactly_one(const Call& call, const std::string& one, const std::string& other,
                         const std::string& verb) {
  if (is_given(call, one) != is_given(call, other)) return;
  throw invalid_input(verb + " either " + one + " or " + other + ".");
}

void require_distinct(const std::string& noun, const std::vector<std::string>& values) {
  std::set<std::string_view> seen;
  for (const std::string& value : values) {
    if (seen.insert(value).second) continue;
    throw invalid_input("The " + noun + " " + value + " is given twice.");
  }
}

void require_at_most_one(const Call& call, const std::string& one, const std::string& other) {
  if (!is_set(call, one) || !is_set(call, other)) return;
  throw invalid_input("You can't use " + one + " and " + other + " together.");
}

}  // namespace papersail
