// The format of the database of an account.
#pragma once

#include <cstdint>

#include "state/store/sqlite.hpp"

namespace papersail {

// Creates the tables in an empty database, with `seed` for the account; migrates a database of an
// older format in one transaction. Throws std::runtime_error for a database of a newer papersail.
void prepare(Database& database, std::uint64_t seed);

}  // namespace papersail
