// ISO 8601 texts of moments.
#pragma once

#include <optional>
#include <string>

#include "text/time.hpp"

namespace papersail {

constexpr Millis latest_instant = 253402300799999;  // the end of the year 9999

// Returns "2026-01-01T00:00:00Z", with three decimals if the moment is not a whole second.
std::string instant_text(Millis moment);

// Parses such a text, with at most three decimals and a year from 1970 to 9999; returns nullopt if
// it is invalid.
std::optional<Millis> instant_of(const std::string& text);

}  // namespace papersail
