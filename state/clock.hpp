// An account's clock. Handlers and the store take the time from here only.
#pragma once

#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// A clock with one of three modes: the machine's time, a time that runs at another speed or offset,
// or a time that only `advance` moves. It stops at the end of the year 9999, which a clock with
// the scale 1e7 reaches in seven hours.
class Clock {
 public:
  enum class Mode { real, scaled, manual };

  // Limits of the scale: 1 s of the machine is 1 ms of the clock, or 116 days.
  static constexpr double slowest = 1e-3, fastest = 1e7;

  // Returns a clock with the machine's time.
  static Clock real();
  // Returns a clock that starts at `start` and runs `scale` times as fast as the machine's clock; 0
  // makes it manual.
  static Clock starting_at(Millis start, double scale = 0);
  // Parses the value of --clock: "real", "x60" (starts at the machine's time and runs sixty times
  // as fast) or "2026-01-01T00:00:00Z" (manual, at that time). Throws std::invalid_argument.
  static Clock parse(std::string_view text);

  // Returns a clock that starts at this clock's time and runs `scale` times as fast as the
  // machine's clock; 0 makes it manual. A real clock with scale 1 stays real.
  Clock at_scale(double scale) const;

  Millis now() const;
  // Moves the clock forward by `by`, which must not go beyond the year 9999. A real clock becomes a
  // scaled one with scale 1.
  void advance(Millis by) { offset_ += by; }

  Mode mode() const;
  double scale() const { return scale_; }

  // Returns the clock as text, for `continued` and `resumed`.
  std::string saved() const;
  // Parse such a text. `continued` returns a clock that has run since it was saved (for a restart),
  // `resumed` one that starts at the time at which it was saved (for a restored copy). Manual and
  // real clocks are the same either way. Both throw std::runtime_error for an invalid text.
  static Clock continued(std::string_view saved);
  static Clock resumed(std::string_view saved);

 private:
  static Clock starting_now(double scale);
  // Returns the clock's time at the machine's time `machine`.
  Millis time_at(Millis machine) const;

  double scale_ = 1;
  Millis origin_ = 0;  // the machine's time when this clock was made
  Millis start_ = 0;   // this clock's time at `origin_`
  Millis offset_ = 0;
};

}  // namespace papersail
