// Functions shared by the actions on managed databases.
#pragma once

#include <string>

#include "handlers/call.hpp"
#include "state/error.hpp"

namespace papersail {

// Returns the database that the input names. Throws not_found.
Resource relational_database(Call& call);

// Returns the state that the API shows. During a daily backup this differs from the stored state.
std::string api_state(const Call& call, const Resource& database);

// Throws operation_failure unless the API shows `state` for the database. `action`, a verb and its
// preposition, is for the message.
void require_state(const Call& call, const Resource& database, const std::string& action,
                   const std::string& state);

// Returns the service's refusal of an action on a "relational database" or "relational database
// snapshot" in this state.
ApiError refused_in_state(const std::string& action, const std::string& noun,
                          const std::string& state);

}  // namespace papersail
