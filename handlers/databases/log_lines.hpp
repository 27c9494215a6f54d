// What the logs of a managed database hold.
//
// No line is stored: all come from what is noted of the database and from the clock, so the same
// question has the same answer.
#pragma once

#include <string>
#include <vector>

#include "handlers/call.hpp"
#include "handlers/paging.hpp"

namespace papersail {

// The rules of the database's engine (fixtures/db-logs.json).
const json& log_rules(const Resource& database);

// The lines of a stream from `from` on and before `to`, as the API shows them, in the order of
// time.
std::vector<Keyed> log_lines(const Call& call, const Resource& database, const std::string& stream,
                             Millis from, Millis to);

}  // namespace papersail
