// Durations on the command line.
#pragma once

#include <string_view>

#include "text/time.hpp"

namespace papersail {

// Parses "15m", "1h30m", "2d", "250ms" or "90" (seconds). Throws std::invalid_argument for other
// text and for more than 1000 years of 365 days.
Millis parse_duration(std::string_view text);

}  // namespace papersail
