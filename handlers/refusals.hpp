// Refusals that several families share: by the state of a resource, by a combination of members.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"
#include "state/error.hpp"
#include "state/resource.hpp"

namespace papersail {

using States = std::initializer_list<std::string_view>;

// Throws operation_failure unless the resource is in one of `allowed`: "You can only start the
// instance when it is stopped. The current state of your instance is: running". `action` is the
// verb, with its preposition if it has one ("create a snapshot of").
void require_state(const Resource& resource, const std::string& action, States allowed);

// Does the same for an action that needs the resource but is not done to it ("attach the disk"):
// "... when the target instance is running or stopped. ...".
void require_target_state(const Resource& resource, const std::string& action, States allowed);

// Returns the error "You can only {action} when {condition}. The current state of your {noun} is:
// {state}", for conditions that require_state cannot express.
ApiError wrong_state(const std::string& action, const std::string& condition,
                     const std::string& noun, const std::string& state);

// Returns the error "You can't {action} this disk right now. The state of this disk is: ...".
ApiError not_possible_now(const std::string& action, const Resource& resource);

// Throws invalid_input unless the input has exactly one of two members: "Specify either diskName or
// instanceName.". A member that is false or "" counts as absent. `verb` begins the message.
void require_exactly_one(const Call& call, const std::string& one, const std::string& other,
                         const std::string& verb = "Specify");

// Throws invalid_input if a value is given twice: "The domain name example.com is given twice."
void require_distinct(const std::string& noun, const std::vector<std::string>& values);

// Throws invalid_input if the input has both members. A member that is false counts as absent.
void require_at_most_one(const Call& call, const std::string& one, const std::string& other);

}  // namespace papersail
