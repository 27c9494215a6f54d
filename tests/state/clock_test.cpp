#include "state/clock.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

namespace papersail {
namespace {

Millis machine_time() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

TEST_CASE("Clock: returns the machine's time when it is real") {
  const Clock clock = Clock::real();
  const Millis before = machine_time();
  const Millis shown = clock.now();
  CHECK(shown >= before - 1);
  CHECK(shown <= machine_time() + 1);
}

TEST_CASE("Clock: stays at its time until advance when it is manual") {
  Clock clock = Clock::parse("2026-01-01T00:00:00Z");
  CHECK(clock.now() == 1767225600000);
  clock.advance(hours(1) + 1);
  CHECK(clock.now() == 1767225600000 + 3'600'001);
  CHECK(Clock::parse("1970-01-01T00:00:00Z").now() == 0);
  CHECK(Clock::parse("2024-02-29T23:59:59Z").now() == 1709251199000);
}

TEST_CASE("Clock: runs as fast as its scale, and can be advanced, when it is scaled") {
  Clock clock = Clock::starting_at(0, 1000);
  const Millis begun = machine_time();
  while (machine_time() < begun + 3) {
  }
  const Millis shown = clock.now();
  CHECK(shown >= 3000);
  CHECK(shown <= (machine_time() - begun + 1) * 1000);
  clock.advance(days(1));
  CHECK(clock.now() >= shown + days(1));
  CHECK(Clock::parse("x60").now() >= begun);
  CHECK(Clock::parse("x0.5").now() >= begun);
}

TEST_CASE("Clock: parse refuses an invalid value and quotes it") {
  for (const std::string text : {"",
                                 "noon",
                                 "x",
                                 "x0",
                                 "x-1",
                                 "xinf",
                                 "xnan",
                                 "x1e300",
                                 "x99999999999",
                                 "x60s",
                                 "x 60",
                                 "x0x10",
                                 "2026-01-01",
                                 "2026-13-01T00:00:00Z",
                                 "2026-02-29T00:00:00Z",
                                 "2026-01-01T24:00:00Z",
                                 "2026-01-01T00:60:00Z",
                                 "2026-01-01T00:00:00",
                                 "REAL",
                                 "2026-01-01T00:00:00Z "}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(Clock::parse(text),
                         ("invalid clock (use real, x60 or a UTC time): " + text).c_str(),
                         std::invalid_argument);
  }
}

}  // namespace papersail
