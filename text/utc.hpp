// Moments in the formats of strftime.
#pragma once

#include <string>

#include "text/time.hpp"

namespace papersail {

// Formats the moment in UTC with strftime, which has no fractions of a second. The default format
// gives "2026-01-01T00:10:00Z".
std::string utc_text(Millis moment, const char* format = "%Y-%m-%dT%H:%M:%SZ");

}  // namespace papersail
