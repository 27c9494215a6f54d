#include "handlers/metrics/curves.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "fixtures/fixtures.hpp"
#include "handlers/types.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

using Metrics = std::map<std::string, std::map<std::string, Metric>>;

Metric::Kind kind_of(const std::string& name) {
  if (name == "reserve") return Metric::Kind::reserve;
  if (name == "filling") return Metric::Kind::filling;
  return Metric::Kind::activity;
}

Metric metric_of(const std::string& name, const json& entry) {
  const auto number = [&](const char* member) { return entry.value(member, 0.0); };
  Metric out;
  out.seed = hash_of(name);
  out.unit = entry.at("unit");
  out.every = seconds(entry.at("every"));
  out.sample = seconds(entry.at("sample"));
  out.kind = kind_of(entry.value("kind", ""));
  out.of = entry.value("of", "");
  out.idle = number("idle"), out.busy = number("busy"), out.job = number("job");
  out.noise = number("noise"), out.most = number("most");
  out.at_start = number("atStart"), out.per_day = number("perDay");
  out.whole = entry.value("whole", false);
  return out;
}

Metrics load() {
  const json file = parse_json(*fixture("metrics.json"));
  Metrics out;
  for (const auto& [type, metrics] : file.at("metrics").items()) {
    for (const auto& [name, entry] : metrics.items()) out[type][name] = metric_of(name, entry);
  }
  return out;
}

// Returns the `n`th pseudo-random number of a resource, in [0, 1).
double chance(std::uint64_t seed, std::uint64_t n) {
  return static_cast<double>(mixed(mixed(seed) ^ mixed(n)) >> 11) * 0x1p-53;
}

// Returns the load of a site, 0 to about 1: high in the afternoon, low at night, lower at weekends.
// The hour and the height of the peak differ from site to site.
double daylight(std::uint64_t seed, Millis time) {
  const double hour = static_cast<double>(time % days(1)) / static_cast<double>(hours(1));
  const double peak = 12 + 6 * chance(seed, 1);
  const double height = 0.6 + 0.4 * chance(seed, 2);
  const Millis weekday = (time / days(1) + 3) % 7;  // the epoch was a Thursday; 0 is Monday
  const double swing = (1 + std::cos((hour - peak) / 12 * std::numbers::pi)) / 2;
  return height * swing * (weekday < 5 ? 1 : 0.65);
}

// True if one of the day's two jobs (a backup, an update) runs. A job takes half an hour to an
// hour.
bool job_runs(std::uint64_t seed, Millis time) {
  constexpr double longest = 60, shortest = 30;
  const auto day = static_cast<std::uint64_t>(time / days(1));
  const double minute = static_cast<double>(time % days(1)) / static_cast<double>(minutes(1));
  for (std::uint64_t job = 0; job < 2; ++job) {
    const std::uint64_t n = 16 + 4 * day + 2 * job;
    const double begin = (24 * 60 - longest) * chance(seed, n);
    const double length = shortest + (longest - shortest) * chance(seed, n + 1);
    if (minute >= begin && minute < begin + length) return true;
  }
  return false;
}

// Rounds to 20 binary digits, about six decimal places.
double rounded(double value) {
  return std::nearbyint(value * 0x1p20) * 0x1p-20;
}

constexpr Millis reserve_step = minutes(5);  // interval at which the reserve is updated
// Documented: an idle instance fills the reserve in a day. CPU usage at the baseline consumes it at
// the same rate.
constexpr double gain = static_cast<double>(reserve_step) / static_cast<double>(days(1));
constexpr Millis longest_fill = days(30);
constexpr double least_free = 0.05;  // the storage grows automatically before it is full

}  // namespace

const Metric& metric(const std::string& resource_type, const std::string& name) {
  static const Metrics metrics = load();
  return metrics.at(resource_type).at(name);
}

Span needed_run(const Span& run, Millis time) {
  return {std::max(run.from, time - longest_fill), run.until};
}

Curve::Curve(const Metric& metric, const MetricSource& resource, const Span& run)
    : metric_(metric),
      resource_(resource),
      of_(metric.of.empty() ? 1 : resource.sizes.at(metric.of)),
      level_(metric.at_start),
      level_time_(run.from - run.from % reserve_step) {}

double Curve::activity_at(const Metric& metric, double of, Millis time) const {
  const double part = metric.idle + metric.busy * daylight(resource_.seed, time) +
                      (job_runs(resource_.seed, time) ? metric.job : 0);
  const auto second = static_cast<std::uint64_t>(time / seconds(1));
  const double noise = metric.noise * (2 * chance(resource_.seed ^ metric.seed, second) - 1);
  const double value = of * part * (1 + noise);
  return metric.most > 0 ? std::min(value, metric.most) : value;
}

// Returns the mean CPUUtilization of this interval relative to the baseline.
double Curve::cpu_used(Millis from, Millis until) const {
  static const Metric& cpu = metric(type::instance, "CPUUtilization");
  const double baseline = resource_.sizes.at(cpu.of);
  double sum = 0;
  for (Millis time = from; time < until; time += cpu.sample) {
    sum += rounded(activity_at(cpu, baseline, time));
  }
  return sum / static_cast<double>((until - from) / cpu.sample) / baseline;
}

// A stop clears the reserve, so every run begins at the initial level.
double Curve::reserve_at(Millis time) {
  for (; level_time_ + reserve_step <= time; level_time_ += reserve_step) {
    const double used = cpu_used(level_time_, level_time_ + reserve_step);
    level_ = std::clamp(level_ + gain * (1 - used), 0.0, 1.0);
  }
  return of_ * level_;
}

double Curve::at(Millis time) {
  double value = 0;
  if (metric_.kind == Metric::Kind::reserve) {
    value = reserve_at(time);
  } else if (metric_.kind == Metric::Kind::filling) {
    const double age = static_cast<double>(time - resource_.created) / static_cast<double>(days(1));
    value = of_ * std::max(least_free, 1 - metric_.at_start - metric_.per_day * age);
  } else {
    value = activity_at(metric_, of_, time);
  }
  return metric_.whole ? std::nearbyint(value) : rounded(value);
}

}  // namespace papersail
