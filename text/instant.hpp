// Moments as people write them.
#pragma once

#include <optional>
#include <string>

#include "text/time.hpp"

namespace papersail {

constexpr Millis latest_instant = 253402300799999;  // the end of the year 9999

// "2026-01-01T00:00:00Z", with three digits of a second if it is not a whole one.
std::string instant_text(Millis moment);

// The moment behind such a text, of the years 1970 to 9999; nothing if it is none.
std::optional<Millis> instant_of(const std::string& text);

}  // namespace papersail
