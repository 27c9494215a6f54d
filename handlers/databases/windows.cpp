#include "handlers/databases/windows.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <optional>

#include "fixtures/fixtures.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr int day = 24 * 60, week = 7 * day;  // minutes
constexpr int shortest = 30;
constexpr std::string_view day_names = "sunmontuewedthufrisat";

// Minutes on a circle: a backup window's is the day, a maintenance window's the week, which
// begins on Sunday.
struct Window {
  int start = 0;
  int length = 0;
};

int modulo(int minute, int circle) {
  return (minute % circle + circle) % circle;
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

// The day's first minute in the week; -1 for a name that is none.
int day_start(const char* name) {
  const auto found = day_names.find(name);
  const bool whole = found != std::string_view::npos && found % 3 == 0;
  return whole ? static_cast<int>(found) / 3 * day : -1;
}

// Only a text that would be printed the same is a window, which keeps out 24:00, 9:5 and the like.
std::optional<Window> parse_daily(const std::string& text) {
  int from_hour = 0, from = 0, to_hour = 0, to = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d-%2d:%2d", &from_hour, &from, &to_hour, &to) != 4) {
    return std::nullopt;
  }
  const Window out{modulo(from_hour * 60 + from, day),
                   modulo((to_hour - from_hour) * 60 + to - from, day)};
  return daily_text(out) == text ? std::optional(out) : std::nullopt;
}

std::optional<Window> parse_weekly(const std::string& text) {
  char from_day[4] = "", to_day[4] = "";
  int from_hour = 0, from = 0, to_hour = 0, to = 0;
  if (std::sscanf(text.c_str(), "%3[a-z]:%2d:%2d-%3[a-z]:%2d:%2d", from_day, &from_hour, &from,
                  to_day, &to_hour, &to) != 6) {
    return std::nullopt;
  }
  const int start = day_start(from_day) + from_hour * 60 + from;
  const int end = day_start(to_day) + to_hour * 60 + to;
  const Window out{modulo(start, week), modulo(end - start, week)};
  return weekly_text(out) == text ? std::optional(out) : std::nullopt;
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

// Taken in any case and shown in lower case: Terraform's tests send "Tue:16:00-Tue:16:30", every
// recorded answer has small letters.
Window maintenance_window(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
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

// Half an hour of a day, at random in the region's block for this kind of window.
Window drawn(Call& call, const char* kind) {
  static const json file = json::parse(*fixture("db-windows.json"));
  const Window block = *parse_daily(file.at("regions").at(call.region).at(kind));
  const auto starts = static_cast<std::uint64_t>(block.length - shortest + 1);
  return {(block.start + static_cast<int>(call.ids().next() % starts)) % day, shortest};
}

// A drawn window gives way to the one that was asked for, minute by minute.
void give_way(Window& drawn, int circle, const Window& backup, const Window& maintenance) {
  for (int minutes = 0; minutes < day && overlap(backup, maintenance); ++minutes) {
    drawn.start = (drawn.start + 1) % circle;
  }
}

Window drawn_maintenance(Call& call) {
  Window out = drawn(call, "maintenance");
  out.start += static_cast<int>(call.ids().next() % 7) * day;
  return out;
}

// The window that the input asks for, else the one that the document has.
std::optional<std::string> known(const Call& call, const json& database, const char* member) {
  const json& from = call.in.contains(member) ? call.in : database;
  return from.contains(member) ? std::optional(from.at(member).get<std::string>()) : std::nullopt;
}

}  // namespace

void set_windows(Call& call, json& database) {
  const auto backup_text = known(call, database, "preferredBackupWindow");
  const auto maintenance_text = known(call, database, "preferredMaintenanceWindow");
  Window backup = backup_text ? backup_window(*backup_text) : drawn(call, "backup");
  Window maintenance =
      maintenance_text ? maintenance_window(*maintenance_text) : drawn_maintenance(call);
  if (!backup_text) {
    give_way(backup, day, backup, maintenance);
  } else if (!maintenance_text) {
    give_way(maintenance, week, backup, maintenance);
  }
  if (overlap(backup, maintenance)) {
    throw invalid_input("The backup window and the maintenance window must not overlap: " +
                        daily_text(backup) + " and " + weekly_text(maintenance));
  }
  database["preferredBackupWindow"] = daily_text(backup);
  database["preferredMaintenanceWindow"] = weekly_text(maintenance);
}

// A window that is open already has begun without the change; it waits for the next one.
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
