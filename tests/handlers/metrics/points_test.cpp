#include "handlers/metrics/points.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

constexpr Millis age = days(50 * 365);

MetricSource instance(std::uint64_t seed) {
  return {"Instance", seed, 0, {}, {{"cpuBaseline", 5}, {"percent", 100}}};
}

}  // namespace

TEST_CASE("published_samples: begin where data points are still kept, however old the run is") {
  const Metric& cpu = metric("Instance", "CPUUtilization");
  const Span samples = published_samples(cpu, {0, age}, {0, age}, age);
  CHECK(samples.from == age - days(455));
  CHECK(samples.until == age - minutes(1) + 1);
}

TEST_CASE("published_samples: are those of the wanted part of the run") {
  const Metric& cpu = metric("Instance", "CPUUtilization");
  const Millis day = age - days(1);
  const Span late = published_samples(cpu, {0, age}, {day + 1, day + hours(1)}, age);
  CHECK(late.from == day + cpu.sample);
  CHECK(late.until == day + hours(1));
  const Span young = published_samples(cpu, {day + 1, day + hours(2)}, {day, age}, age);
  CHECK(young.from == day + cpu.sample);
  CHECK(young.until == day + hours(2));
}

TEST_CASE("needed_run: is short, and the values of a reserve do not change") {
  const Metric& reserve = metric("Instance", "BurstCapacityPercentage");
  const Span run{days(20'000) + minutes(7), days(20'100)};
  const Millis from = run.until - days(20);
  const Span needed = needed_run(run, from);
  CHECK(from - needed.from == days(30));
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const MetricSource resource = instance(seed);
    Curve whole(reserve, resource, run), part(reserve, resource, needed);
    for (Millis t = from; t < run.until; t += hours(1)) REQUIRE(whole.at(t) == part.at(t));
  }
  CHECK(needed_run(run, run.from + days(1)).from == run.from);
}

}  // namespace papersail
