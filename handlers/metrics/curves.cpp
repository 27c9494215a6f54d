#include "handlers/metrics/curves.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

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

// Rounds a value that is not negative.
double whole(double value) {
  return static_cast<double>(static_cast<std::int64_t>(value + 0.5));
}

// Rounds to 20 binary digits, about six decimal places.
double rounded(double value) {
  return whole(value * 0x1p20) * 0x1p-20;
}

constexpr Millis reserve_step = minutes(5);  // interval at which the reserve is updated
// Documented: an idle instance fills the reserve in a day. CPU usage at the baseline consumes it at
// the same rate.
constexpr double gain = static_cast<double>(reserve_step) / static_cast<double>(days(1));
constexpr Millis longest_fill = days(30);
constexpr double least_free = 0.05;  // the storage grows automatically before it is full

// Throws std::out_of_range if the resource has no such size.
double size_of(const MetricSource& resource, const std::string& name) {
  const auto found = std::find_if(resource.sizes.begin(), resource.sizes.end(),
                                  [&](const Size& size) { return size.name == name; });
  if (found == resource.sizes.end()) throw std::out_of_range("no size " + name);
  return found->value;
}

// Returns the height of a smooth curve that is 1 at the peak and 0 twelve hours from it.
double swing(double hour, double peak) {
  const double away = std::abs(hour - peak);
  const double x = std::min(away, 24 - away) / 12;
  return 1 - x * x * (3 - 2 * x);
}

bool is_in(const Span& span, Millis time) {
  return time >= span.from && time < span.until;
}

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
      of_(metric.of.empty() ? 1 : size_of(resource, metric.of)),
      peak_(12 + 6 * chance(resource.seed, 1)),
      height_(0.6 + 0.4 * chance(resource.seed, 2)),
      level_(metric.at_start),
      level_time_(run.from - run.from % reserve_step) {}

// The load is lower at weekends. A job takes half an hour to an hour.
Curve::Day Curve::day_of(Millis time) const {
  const Millis number = time / days(1), midnight = number * days(1);
  const Millis weekday = (number + 3) % 7;  // the epoch was a Thursday; 0 is Monday
  Day out{{midnight, midnight + days(1)}, height_ * (weekday < 5 ? 1 : 0.65), {}};
  auto n = 16 + 4 * static_cast<std::uint64_t>(number);
  for (Span& job : out.jobs) {
    constexpr double longest = static_cast<double>(hours(1)), shortest = longest / 2;
    const double begin = (static_cast<double>(days(1)) - longest) * chance(resource_.seed, n++);
    const double length = shortest + (longest - shortest) * chance(resource_.seed, n++);
    job.from = midnight + static_cast<Millis>(begin);
    job.until = job.from + static_cast<Millis>(length);
  }
  return out;
}

// The sum of "idle", the load of the site (high in the afternoon, low at night), and the jobs.
double Curve::activity_at(const Metric& metric, double of, Millis time) {
  if (!is_in(day_.span, time)) day_ = day_of(time);
  const double hour = static_cast<double>(time - day_.span.from) / static_cast<double>(hours(1));
  const bool job_runs = is_in(day_.jobs[0], time) || is_in(day_.jobs[1], time);
  const double part =
      metric.idle + metric.busy * day_.height * swing(hour, peak_) + (job_runs ? metric.job : 0);
  const auto second = static_cast<std::uint64_t>(time / seconds(1));
  const double noise = metric.noise * (2 * chance(resource_.seed ^ metric.seed, second) - 1);
  const double value = of * part * (1 + noise);
  return metric.most > 0 ? std::min(value, metric.most) : value;
}

// Returns the mean CPUUtilization of this interval relative to the baseline.
double Curve::cpu_used(Millis from, Millis until) {
  static const Metric& cpu = metric(type::instance, "CPUUtilization");
  const double baseline = size_of(resource_, cpu.of);
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
  return metric_.whole ? whole(value) : rounded(value);
}

}  // namespace papersail
