// An account's time. Nothing else in the program asks what time it is.
#pragma once

#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// Real time, real time sped up, or a time that stands still until it is moved.
class Clock {
 public:
  enum class Mode { real, scaled, manual };

  // A year in less than a second, or hardly any time at all.
  static constexpr double slowest = 1e-3, fastest = 1e7;

  // The machine's own time.
  static Clock real();
  // Begins at `start` and runs `scale` times as fast as the machine's; 0 stands still.
  static Clock starting_at(Millis start, double scale = 0);
  // From a flag: "real", "x60" (from now on, sixty times as fast) or "2026-01-01T00:00:00Z"
  // (stands still there). Throws std::invalid_argument.
  static Clock parse(std::string_view text);

  // One that goes on from what this one shows, `scale` times as fast as the machine's; 0 stands
  // still. A real one of scale 1 stays real.
  Clock at_scale(double scale) const;

  Millis now() const;
  // Moves the clock ahead by `by`. A real one is then a scaled one of scale 1.
  void advance(Millis by) { offset_ += by; }

  Mode mode() const;
  double scale() const { return scale_; }

  // As text that outlives the program.
  std::string saved() const;
  // From such a text, as if the clock had gone on all the while (over a restart), or from where it
  // was when it was saved (back to a copy). Manual and real ones do not differ. Both throw
  // std::runtime_error.
  static Clock continued(std::string_view saved);
  static Clock resumed(std::string_view saved);

 private:
  static Clock starting_now(double scale);
  // What it shows, or showed, when the machine's time is `machine`.
  Millis shown_at(Millis machine) const;

  double scale_ = 1;
  Millis origin_ = 0;  // the machine's time when this clock was made
  Millis start_ = 0;   // what this clock showed then
  Millis offset_ = 0;
};

}  // namespace papersail
