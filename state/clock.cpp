#include "state/clock.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace papersail {
namespace {

Millis machine_time() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Millis parse_instant(const std::string& text) {
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, end = 0;
  const int fields =
      std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &y, &mo, &d, &h, &mi, &s, &end);
  const std::chrono::year_month_day day{std::chrono::year(y),
                                        std::chrono::month(static_cast<unsigned>(mo)),
                                        std::chrono::day(static_cast<unsigned>(d))};
  const bool time_ok = h >= 0 && h < 24 && mi >= 0 && mi < 60 && s >= 0 && s < 60;
  if (fields != 6 || end != static_cast<int>(text.size()) || !day.ok() || !time_ok) {
    throw std::invalid_argument("not a clock: " + text);
  }
  return days(std::chrono::sys_days(day).time_since_epoch().count()) + hours(h) + minutes(mi) +
         seconds(s);
}

// "x60"; beyond the bounds a year would pass in less than a second, or never.
double parse_scale(const std::string& text) {
  double scale = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 1, end, scale, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end || !(scale >= 1e-3 && scale <= 1e7)) {
    throw std::invalid_argument("not a clock: " + text);
  }
  return scale;
}

}  // namespace

Clock Clock::real() {
  return starting_at(machine_time(), 1);
}

Clock Clock::starting_at(Millis start, double scale) {
  Clock clock;
  clock.scale_ = scale;
  clock.origin_ = machine_time();
  clock.start_ = start;
  return clock;
}

Clock Clock::parse(std::string_view text) {
  const std::string flag(text);
  if (flag == "real") return real();
  if (flag.starts_with('x')) return starting_at(machine_time(), parse_scale(flag));
  return starting_at(parse_instant(flag));
}

Millis Clock::now() const {
  const auto passed = static_cast<double>(machine_time() - origin_);
  return start_ + offset_ + static_cast<Millis>(passed * scale_);
}

}  // namespace papersail
