// Moments and durations, and the format of moments in JSON. For other texts see time_text.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "text/json.hpp"

namespace papersail {

// A duration in milliseconds, or a moment in milliseconds since 1970-01-01T00:00:00Z.
using Millis = std::int64_t;

constexpr Millis seconds(std::int64_t n) {
  return n * 1000;
}
constexpr Millis minutes(std::int64_t n) {
  return seconds(n * 60);
}
constexpr Millis hours(std::int64_t n) {
  return minutes(n * 60);
}
constexpr Millis days(std::int64_t n) {
  return hours(n * 24);
}

// Returns a moment in the API's format: seconds since 1970, with milliseconds as the fraction. It
// must be a number, because the Go SDK rejects strings.
inline json timestamp(Millis moment) {
  return static_cast<double>(moment) / 1000.0;
}

// Appends a moment in the API's format to JSON text.
inline void append_timestamp(std::string& out, Millis moment) {
  const std::string fraction = std::to_string(1000 + moment % 1000);  // "1" and three digits
  out += std::to_string(moment / 1000);
  out += '.';
  const std::size_t last = fraction.find_last_not_of('0');
  out.append(fraction, 1, std::max<std::size_t>(last, 1));
}

// Parses a moment in the API's format.
inline Millis moment_of(const json& stamp) {
  return static_cast<Millis>(stamp.get<double>() * 1000.0 + 0.5);
}

}  // namespace papersail
