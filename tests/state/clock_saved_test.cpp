// Saved clocks.
#include <doctest/doctest.h>

#include <stdexcept>

#include "state/clock.hpp"
#include "text/json.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

// Returns the saved clock as if it had been saved an hour ago.
std::string hour_old(const Clock& clock) {
  json saved = json::parse(clock.saved());
  saved["at"] = saved["at"].get<Millis>() - hours(1);
  return saved.dump();
}

constexpr Millis start = 1767225600000;

}  // namespace

TEST_CASE("Clock: mode returns real, scaled or manual; advance makes a real clock scaled") {
  CHECK(Clock::parse("2026-01-01T00:00:00Z").mode() == Clock::Mode::manual);
  CHECK(Clock::parse("x60").mode() == Clock::Mode::scaled);
  CHECK(Clock::parse("x60").scale() == 60);
  Clock clock = Clock::real();
  CHECK(clock.mode() == Clock::Mode::real);
  clock.advance(1);
  CHECK(clock.mode() == Clock::Mode::scaled);
  CHECK(clock.scale() == 1);
}

TEST_CASE("Clock: keeps its time when it is manual, saved and loaded") {
  Clock clock = Clock::starting_at(start);
  clock.advance(7);
  CHECK(Clock::continued(hour_old(clock)).now() == start + 7);
  CHECK(Clock::resumed(hour_old(clock)).now() == start + 7);
  CHECK(Clock::continued(clock.saved()).mode() == Clock::Mode::manual);
}

TEST_CASE(
    "Clock: continued includes the time since it was saved, resumed does not, when it is scaled") {
  const Clock clock = Clock::starting_at(start, 60);
  const Clock continued = Clock::continued(hour_old(clock));
  CHECK(continued.now() >= start + hours(60));
  CHECK(continued.now() < start + hours(70));
  CHECK(continued.scale() == 60);
  CHECK(Clock::resumed(hour_old(clock)).now() < start + hours(10));
  CHECK(Clock::resumed(hour_old(clock)).mode() == Clock::Mode::scaled);
}

TEST_CASE("Clock: continued and resumed return the machine's time when it was saved as real") {
  const std::string saved = Clock::real().saved();
  CHECK(Clock::continued(saved).mode() == Clock::Mode::real);
  CHECK(Clock::resumed(saved).mode() == Clock::Mode::real);
  json old = json::parse(saved);
  old["at"] = old["now"] = start;
  CHECK(Clock::continued(old.dump()).now() > start);
  CHECK(Clock::resumed(old.dump()).mode() == Clock::Mode::real);
}

TEST_CASE("Clock: real returns a real clock at any point within a millisecond") {
  int others = 0;
  for (int i = 0; i < 100'000; ++i) {
    others += Clock::real().mode() != Clock::Mode::real;
    others += Clock::parse("x1").mode() != Clock::Mode::real;
  }
  CHECK(others == 0);
}

TEST_CASE("Clock: keeps its offset from the machine's time when it is saved and continued") {
  Clock clock = Clock::real();
  clock.advance(days(1));
  const Clock continued = Clock::continued(hour_old(clock));
  CHECK(continued.now() >= clock.now() + hours(1) - 1000);
  CHECK(continued.now() <= clock.now() + hours(1) + 1000);
}

TEST_CASE("Clock: stops at the end of the year 9999 when it is scaled") {
  const json week_old = {{"scale", 1e7}, {"now", start}, {"at", start - days(7)}};
  const json beyond_millis = {{"scale", 1e7}, {"now", start}, {"at", 0}};
  for (const json& saved : {week_old, beyond_millis}) {
    const Clock clock = Clock::continued(saved.dump());
    CHECK(clock.now() == latest_instant);
    CHECK(clock.at_scale(0).now() == latest_instant);
  }
}

TEST_CASE("Clock: continued and resumed refuse an invalid text") {
  for (const char* text : {"", "{}", "real", R"({"scale": "x", "now": 0, "at": 0})"}) {
    CHECK_THROWS_AS(Clock::continued(text), std::runtime_error);
    CHECK_THROWS_AS(Clock::resumed(text), std::runtime_error);
  }
}

}  // namespace papersail
