// The log lines of a managed database.
//
// Lines are not stored. They are computed from the database's recorded events and from the time, so
// repeated requests return the same lines.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"
#include "handlers/paging.hpp"

namespace papersail {

// Returns the log rules of the database's engine (fixtures/db-logs.json).
const json& log_rules(const Resource& database);

// Returns the lines of a stream in [from, to) as the API shows them, oldest first.
std::vector<Keyed> log_lines(const Call& call, const Resource& database, const std::string& stream,
                             Millis from, Millis to);

}  // namespace papersail
