// The clock and the lifecycle of an account.
#include <cmath>
#include <stdexcept>

#include "server/control/accounts.hpp"
#include "server/control/routes.hpp"
#include "text/strict_object.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr double longest_advance = 100.0 * 365 * 24 * 3600;  // a hundred years
constexpr double latest_seconds = latest_instant / 1000;

const char* name_of(Clock::Mode mode) {
  switch (mode) {
    case Clock::Mode::real:
      return "real";
    case Clock::Mode::scaled:
      return "scaled";
    default:
      return "manual";
  }
}

// Parses a time: text, or seconds since 1970. Returns nullopt if it is neither.
std::optional<Millis> instant_in(const json& now) {
  if (now.is_string()) return instant_of(now);
  const double seconds = now.is_number() ? now.get<double>() : -1;
  if (!(seconds >= 0 && seconds <= latest_seconds)) return std::nullopt;
  return std::llround(seconds * 1000);
}

Clock clock_in(const ControlRequest& request, const Clock& old) {
  StrictObject body(request.body);
  const std::string mode = body.text("mode").value_or("");
  const auto scale = body.number("scale", Clock::slowest, Clock::fastest);
  const json* now = body.any("now");
  body.finish();
  if (mode != "real" && mode != "scaled" && mode != "manual") {
    body.refuse("mode", R"("real", "scaled" or "manual")");
  }
  if (scale.has_value() != (mode == "scaled")) {
    throw ControlError{
        400, R"("scale" is required with "mode": "scaled" and not allowed with another mode.)"};
  }
  if (mode == "real" && now) {
    throw ControlError{
        400, "\"now\" is not allowed with \"mode\": \"real\"; use \"scaled\" with \"scale\": 1."};
  }
  if (mode == "real") return Clock::real();
  if (!now) return old.at_scale(scale.value_or(0));
  const auto start = instant_in(*now);
  if (!start) body.refuse("now", R"(a time such as "2026-01-01T00:00:00Z", or seconds since 1970)");
  return Clock::starting_at(*start, scale.value_or(0));
}

Response move_clock(Account& account, Millis present, const Clock& clock) {
  try {
    write_to(account, [&] { set_clock(account, present, clock); });
  } catch (const std::domain_error& error) {
    throw ControlError{409, error.what()};
  }
  return json_response(to_json(account.clock));
}

// True if the new clock goes on from the time of the old one.
bool keeps_time(const json& body) {
  return body.value("mode", "") != "real" && !body.contains("now");
}

Response get_clock(Control& control, const ControlRequest& request) {
  return json_response(to_json(account_of(control, request).clock));
}

Response put_clock(Control& control, const ControlRequest& request) {
  // Not `account_of`: a clock that is too fast for the transitions must be stoppable.
  Account& account = control.accounts[request.parameter("id")];
  const Millis present = account.clock.now();
  const Clock clock = clock_in(request, account.clock);
  if (!keeps_time(request.body)) return move_clock(account_of(control, request), present, clock);
  write_to(account, [&] { change_speed(account, clock); });
  return json_response(to_json(clock));
}

Response advance_clock(Control& control, const ControlRequest& request) {
  StrictObject body(request.body);
  const auto by = body.number("seconds", 0, longest_advance);
  body.finish();
  if (!by) throw ControlError{400, "\"seconds\" is required."};
  Account& account = account_of(control, request);
  const Millis present = account.clock.now();
  Clock clock = account.clock;
  clock.advance(std::llround(*by * 1000));
  if (present + std::llround(*by * 1000) > latest_instant) {
    throw ControlError{400, "\"seconds\" would move the clock past the year 9999."};
  }
  return move_clock(account, present, clock);
}

Response get_lifecycle(Control& control, const ControlRequest& request) {
  return json_response(account_of(control, request).store.lifecycle().description());
}

Response put_lifecycle(Control& control, const ControlRequest& request) try {
  Account& account = account_of(control, request);
  write_to(account, [&] { account.store.set_lifecycle(Lifecycle::of(request.body)); });
  return json_response(account.store.lifecycle().description());
} catch (const std::invalid_argument& error) {
  throw ControlError{400, error.what()};
}

constexpr Route routes[] = {
    {"GET", "/_papersail/accounts/{id}/clock", get_clock},
    {"PUT", "/_papersail/accounts/{id}/clock", put_clock},
    {"POST", "/_papersail/accounts/{id}/clock/advance", advance_clock},
    {"GET", "/_papersail/accounts/{id}/lifecycle", get_lifecycle},
    {"PUT", "/_papersail/accounts/{id}/lifecycle", put_lifecycle},
};

}  // namespace

const std::span<const Route> clock_routes = routes;

json to_json(const Clock& clock) {
  const Millis now = clock.now();
  return {{"mode", name_of(clock.mode())},
          {"scale", clock.scale()},
          {"now", instant_text(now)},
          {"epochSeconds", timestamp(now)}};
}

}  // namespace papersail
