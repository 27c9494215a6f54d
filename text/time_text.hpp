// Moments as text, in UTC. Valid for every value of Millis.
#pragma once

#include <optional>
#include <string>

#include "text/time.hpp"

namespace papersail {

// Formats of strftime, which has no fractions of a second.
constexpr const char* iso_format = "%Y-%m-%dT%H:%M:%SZ";          // 2026-01-01T00:10:00Z
constexpr const char* basic_iso_format = "%Y%m%dT%H%M%SZ";        // 20260101T001000Z
constexpr const char* date_format = "%Y-%m-%d";                   // 2026-01-01
constexpr const char* http_format = "%a, %d %b %Y %H:%M:%S GMT";  // of the header Date

// Returns the second of the moment in a format of strftime.
std::string utc_text(Millis moment, const char* format = iso_format);

// Parses such a text, which has a date and a time of day; returns nullopt if it is invalid.
std::optional<Millis> utc_moment(const std::string& text, const char* format);

constexpr Millis latest_instant = 253402300799999;  // the end of the year 9999

// Returns "2026-01-01T00:00:00Z", with three decimals if the moment is not a whole second.
std::string instant_text(Millis moment);

// Parses such a text, with at most three decimals and a year from 1970 to 9999; returns nullopt if
// it is invalid.
std::optional<Millis> instant_of(const std::string& text);

}  // namespace papersail
