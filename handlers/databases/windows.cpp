#include "handlers/databases/windows.hpp"

#include <cstdio>
#include <optional>
#include <string_view>

#include "fixtures/fixtures.hpp"
#include "state/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr int day = 24 * 60, week = 7 * day;  // minutes
constexpr int shortest = 30;
constexpr std::string_view day_names = "sunmontuewedthufrisat";

// A cyclic interval in minutes: of the day for a backup window, of the week, which begins on
// Sunday, for a maintenance window.
struct Window {
  int start = 0;
  int length = 0;
};

int modulo(int minute, int period) {
  return (minute % period + period) % period;
}

std::string clock_text(int minute) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", minute % day / 60, minute % 60);
  return text;
}

std::string daily_text(const Window& window) {
  return clock_text(window.start) + "-" + clock_text(window.start + window.length);
}

std::string weekly_text(const Window& window) {
  const auto moment = [](int minute) {
    const auto name = static_cast<std::size_t>(minute % week / day * 3);
    return std::string(day_names.substr(name, 3)) + ":" + clock_text(minute);
  };
  return moment(window.start) + "-" + moment(window.start + window.length);
}

// Returns the day's first minute in the week; nullopt for an unknown name.
std::optional<int> day_start(std::string_view name) {
  const auto found = day_names.find(name);
  if (found == std::string_view::npos || found % 3 != 0) return std::nullopt;
  return static_cast<int>(found) / 3 * day;
}

std::optional<int> two_digits(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

// Parses "hh:mm". Refuses 24:00, 9:5 and similar forms.
std::optional<int> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2)), minute = two_digits(text.substr(3));
  if (!hour || !minute || *hour >= 24 || *minute >= 60) return std::nullopt;
  return *hour * 60 + *minute;
}

// Parses "ddd:hh:mm".
std::optional<int> minute_of_week(std::string_view text) {
  if (text.size() != 9 || text[3] != ':') return std::nullopt;
  const auto start = day_start(text.substr(0, 3));
  const auto minute = minute_of(text.substr(4));
  return start && minute ? std::optional(*start + *minute) : std::nullopt;
}

// Parses two moments with a hyphen between them.
std::optional<Window> parse_window(std::string_view text, auto moment, int period) {
  const auto hyphen = text.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const auto start = moment(text.substr(0, hyphen)), end = moment(text.substr(hyphen + 1));
  if (!start || !end) return std::nullopt;
  return Window{*start, modulo(*end - *start, period)};
}

std::optional<Window> parse_daily(std::string_view text) {
  return parse_window(text, minute_of, day);
}

std::optional<Window> parse_weekly(std::string_view text) {
  return parse_window(text, minute_of_week, week);
}

Window required(const std::optional<Window>& window, const char* member, const std::string& text,
                const char* format) {
  if (!window) {
    throw invalid_input("The " + std::string(member) + " is not valid: " + text +
                        ". It must have the format " + format + ".");
  }
  if (window->length < shortest) {
    throw invalid_input("The " + std::string(member) +
                        " must be at least 30 minutes long: " + text);
  }
  return *window;
}

Window backup_window(const std::string& text) {
  return required(parse_daily(text), "preferredBackupWindow", text, "hh24:mi-hh24:mi");
}

// Case-insensitive, converted to lower case: Terraform's tests send "Tue:16:00-Tue:16:30", and all
// recorded responses are in lower case.
Window maintenance_window(const std::string& given) {
  const std::string text = lower(given);
  return required(parse_weekly(text), "preferredMaintenanceWindow", text,
                  "ddd:hh24:mi-ddd:hh24:mi");
}

bool overlap(const Window& backup, const Window& maintenance) {
  for (int midnight = 0; midnight < week; midnight += day) {
    const int between = maintenance.start - midnight - backup.start;
    if (modulo(between, week) < backup.length || modulo(-between, week) < maintenance.length) {
      return true;
    }
  }
  return false;
}

// Returns half an hour of the day at random in the region's block for this kind of window.
Window random_window(Call& call, const char* kind) {
  static const json file = parse_json(*fixture("db-windows.json"));
  const Window block =
      *parse_daily(file.at("regions").at(call.region).at(kind).get_ref<const std::string&>());
  const auto starts = static_cast<std::uint64_t>(block.length - shortest + 1);
  return {(block.start + static_cast<int>(call.ids().next() % starts)) % day, shortest};
}

// Moves a random window, minute by minute, until it does not overlap the requested one.
void avoid_overlap(Window& window, int period, const Window& backup, const Window& maintenance) {
  for (int minutes = 0; minutes < day && overlap(backup, maintenance); ++minutes) {
    window.start = (window.start + 1) % period;
  }
}

Window random_maintenance_window(Call& call) {
  Window out = random_window(call, "maintenance");
  out.start += static_cast<int>(call.ids().next() % 7) * day;
  return out;
}

// Returns the window of the input, or that of the document if the input has none.
std::optional<std::string> window_text(const Call& call, const Document& database,
                                       const char* member) {
  const auto given = call.in.find(member);
  const json* window = given != call.in.end() ? &*given : database.find(member);
  return window ? std::optional(window->get<std::string>()) : std::nullopt;
}

}  // namespace

void set_windows(Call& call, Document& database) {
  const auto backup_text = window_text(call, database, "preferredBackupWindow");
  const auto maintenance_text = window_text(call, database, "preferredMaintenanceWindow");
  Window backup = backup_text ? backup_window(*backup_text) : random_window(call, "backup");
  Window maintenance =
      maintenance_text ? maintenance_window(*maintenance_text) : random_maintenance_window(call);
  if (!backup_text) {
    avoid_overlap(backup, day, backup, maintenance);
  } else if (!maintenance_text) {
    avoid_overlap(maintenance, week, backup, maintenance);
  }
  if (overlap(backup, maintenance)) {
    throw invalid_input("The backup window and the maintenance window must not overlap: " +
                        daily_text(backup) + " and " + weekly_text(maintenance));
  }
  database["preferredBackupWindow"] = daily_text(backup);
  database["preferredMaintenanceWindow"] = weekly_text(maintenance);
}

// A window that is already open began without the change, which waits for the next one.
Millis next_maintenance(const std::string& window, Millis now) {
  constexpr Millis first_sunday = days(3);  // 1970-01-01 was a Thursday
  const Millis start = first_sunday + minutes(maintenance_window(window).start);
  const Millis passed = ((now - start) % days(7) + days(7)) % days(7);
  return now - passed + days(7);
}

Millis moment_in_day(const std::string& text, std::uint64_t seed) {
  constexpr int for_the_backup = 5;  // minutes
  const Window window = backup_window(text);
  const auto choice = static_cast<std::uint64_t>(minutes(window.length - for_the_backup));
  return minutes(window.start) + static_cast<Millis>(seed % choice);
}

}  // namespace papersail
