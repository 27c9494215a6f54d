#include "text/instant.hpp"

#include <chrono>
#include <cstdio>

namespace papersail {
namespace {

// Parses ".25" as 250 and "" as 0; returns nullopt for any other text.
std::optional<Millis> fraction_of(const std::string& text) {
  if (text.empty()) return 0;
  const bool digits = text.find_first_not_of("0123456789", 1) == std::string::npos;
  if (text[0] != '.' || text.size() < 2 || text.size() > 4 || !digits) return std::nullopt;
  return std::stoi((text.substr(1) + "00").substr(0, 3));
}

}  // namespace

std::string instant_text(Millis moment) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(moment)};
  const auto day = floor<std::chrono::days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()));
  std::string out = text;
  if (const auto rest = clock.subseconds().count(); rest != 0) {
    out += '.' + std::to_string(1000 + rest).substr(1);
  }
  return out + 'Z';
}

std::optional<Millis> instant_of(const std::string& text) {
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, end = 0;
  const int fields =
      std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &y, &mo, &d, &h, &mi, &s, &end);
  const auto read = static_cast<std::size_t>(end);
  if (fields != 6 || text.size() <= read || text.back() != 'Z') return std::nullopt;
  const auto fraction = fraction_of(text.substr(read, text.size() - read - 1));
  const std::chrono::year_month_day day{std::chrono::year(y),
                                        std::chrono::month(static_cast<unsigned>(mo)),
                                        std::chrono::day(static_cast<unsigned>(d))};
  const bool time_ok = h >= 0 && h < 24 && mi >= 0 && mi < 60 && s >= 0 && s < 60;
  if (!fraction || y < 1970 || !day.ok() || !time_ok) return std::nullopt;
  return days(std::chrono::sys_days(day).time_since_epoch().count()) + hours(h) + minutes(mi) +
         seconds(s) + *fraction;
}

}  // namespace papersail
