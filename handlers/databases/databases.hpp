// What the actions on managed databases share.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The database that the input names, or throws not_found.
Resource relational_database(Call& call);

// Its state as it is shown: the daily backup comes from the clock.
std::string shown_state(const Call& call, const Resource& database);

// Throws operation_failure unless the database is shown in `state`. `action`: a verb and its
// preposition, for the message.
void require_state(const Call& call, const Resource& database, const char* action,
                   const std::string& state);

}  // namespace papersail
