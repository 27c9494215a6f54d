#include "state/clock.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string>

#include "text/json.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

Millis machine_time() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// The members of the text that `Clock::saved` writes.
struct Saved {
  double scale;
  Millis now;  // the clock's time
  Millis at;   // the machine's time at that moment
};

Saved saved_of(std::string_view text) {
  try {
    const json value = parse_json(text);
    return {value.at("scale"), value.at("now"), value.at("at")};
  } catch (const json::exception&) {
    throw std::runtime_error("invalid saved clock: " + std::string(text));
  }
}

// Parses "x60".
double parse_scale(const std::string& text) {
  double scale = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 1, end, scale, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end ||
      !(scale >= Clock::slowest && scale <= Clock::fastest)) {
    throw std::invalid_argument("invalid clock (use real, x60 or a UTC time): " + text);
  }
  return scale;
}

}  // namespace

Clock Clock::real() {
  return starting_now(1);
}

// Reads the machine's time once: a second reading could be a millisecond later, and the clock would
// then not count as real.
Clock Clock::starting_now(double scale) {
  Clock clock;
  clock.scale_ = scale;
  clock.start_ = clock.origin_ = machine_time();
  return clock;
}

Clock Clock::starting_at(Millis start, double scale) {
  Clock clock = starting_now(scale);
  clock.start_ = start;
  return clock;
}

Clock Clock::at_scale(double scale) const {
  Clock clock = starting_now(scale);
  clock.start_ = time_at(clock.origin_);
  return clock;
}

Clock Clock::parse(std::string_view text) {
  const std::string flag(text);
  if (flag == "real") return real();
  if (flag.starts_with('x')) return starting_now(parse_scale(flag));
  const auto instant = instant_of(flag);
  if (!instant) throw std::invalid_argument("invalid clock (use real, x60 or a UTC time): " + flag);
  return starting_at(*instant);
}

Millis Clock::now() const {
  return time_at(machine_time());
}

Millis Clock::time_at(Millis machine) const {
  constexpr auto range = static_cast<double>(latest_instant);
  const double passed = static_cast<double>(machine - origin_) * scale_;
  const auto in_range = static_cast<Millis>(std::clamp(passed, -range, range));
  return std::clamp<Millis>(start_ + offset_ + in_range, 0, latest_instant);
}

Clock::Mode Clock::mode() const {
  if (scale_ == 0) return Mode::manual;
  return scale_ == 1 && start_ + offset_ == origin_ ? Mode::real : Mode::scaled;
}

std::string Clock::saved() const {
  const Millis at = machine_time();
  return json({{"scale", scale_}, {"now", time_at(at)}, {"at", at}}).dump();
}

Clock Clock::continued(std::string_view saved) {
  const auto [scale, now, at] = saved_of(saved);
  Clock clock = starting_at(now, scale);
  clock.origin_ = at;
  return clock;
}

Clock Clock::resumed(std::string_view saved) {
  const auto [scale, now, at] = saved_of(saved);
  const bool was_real = scale == 1 && now == at;
  return was_real ? real() : starting_at(now, scale);
}

}  // namespace papersail
