// The backup window and the maintenance window of a managed database, in UTC.
#pragma once

#include <cstdint>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Writes preferredBackupWindow ("07:51-08:21") and preferredMaintenanceWindow
// ("tue:12:18-tue:12:48") into a database's document: as the input asks, else as they are, else
// drawn from the region's block. Throws invalid_input for a window that is no window, shorter than
// half an hour, or in the way of the other.
void set_windows(Call& call, json& database);

// When the maintenance window, as a document has it, next begins after `now`.
Millis next_maintenance(const std::string& window, Millis now);

// The moment after midnight at which a database of this `seed` begins its backup: in the window,
// early enough for it to end there.
Millis moment_in_day(const std::string& backup_window, std::uint64_t seed);

}  // namespace papersail
