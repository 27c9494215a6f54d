// The format of an account's file.
#pragma once

#include <cstdint>

#include "state/store/sqlite.hpp"

namespace papersail {

// Makes the tables in an empty database, with `seed` for the account; brings those of an older
// format up to date, all or nothing. Throws std::runtime_error for one of a newer papersail.
void prepare(Database& database, std::uint64_t seed);

}  // namespace papersail
