// What the actions on managed databases share.
#pragma once

#include "handlers/call.hpp"

namespace papersail {

// The database that the input names, or throws not_found.
Resource relational_database(Call& call);

// Throws operation_failure unless the database is available. `action`: a verb, for the message.
void require_available(const Resource& database, const char* action);

}  // namespace papersail
