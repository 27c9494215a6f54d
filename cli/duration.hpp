// Durations as people write them.
#pragma once

#include <string_view>

#include "text/time.hpp"

namespace papersail {

// "15m", "1h30m", "2d", "250ms", "90" (seconds). Throws std::invalid_argument.
Millis parse_duration(std::string_view text);

}  // namespace papersail
