// The backup window and the maintenance window of a managed database, in UTC.
#pragma once

#include <cstdint>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Sets preferredBackupWindow ("07:51-08:21") and preferredMaintenanceWindow ("tue:12:18-tue:12:48")
// of a database's document to the values of the input; keeps existing values that the input omits;
// for a new database, chooses them at random within the region's block. Throws invalid_input for an
// invalid window, one shorter than half an hour, or windows that overlap.
void set_windows(Call& call, Document& database);

// Returns the first start of the maintenance window after `now`.
Millis next_maintenance(const std::string& window, Millis now);

// Returns the time after midnight at which a database with this `seed` starts its daily backup: in
// the window, and early enough to end in it.
Millis moment_in_day(const std::string& backup_window, std::uint64_t seed);

}  // namespace papersail
