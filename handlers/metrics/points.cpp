#include "handlers/metrics/points.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "fixtures/fixtures.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

// Data points of this period are kept for this time.
struct Kept {
  Millis time;
  Millis period;
};

// From the finest period to the longest time.
const std::vector<Kept>& kept_points() {
  static const std::vector<Kept> list = [] {
    std::vector<Kept> out;
    for (const json& kept : metric_parameters().at("kept")) {
      out.push_back({days(kept.at("days")), seconds(kept.at("period"))});
    }
    return out;
  }();
  return list;
}

// Returns the finest period for which data points of this time still exist, or nullopt if all have
// expired. Future times count as new.
std::optional<Millis> finest_period(Millis time, Millis now) {
  for (const Kept& kept : kept_points()) {
    if (now - time <= kept.time) return kept.period;
  }
  return std::nullopt;
}

// Returns true if points of this time and period still exist.
bool is_kept(Millis time, Millis period, Millis now) {
  const auto finest = finest_period(time, now);
  return finest && period % *finest == 0;
}

// Adds the samples of a run that are published by `now`. Measured: a shorter period than the
// metric's has the metric's points.
void collect(std::vector<Point>& points, const MetricRequest& request, const Metric& metric,
             const MetricSource& resource, const Span& run, Millis now) {
  const Millis unit = request.period < metric.every ? metric.every : 1;
  const Span wanted{round_up(request.start, unit), round_up(request.end, unit)};
  const Span samples = published_samples(metric, run, wanted, now);
  Curve curve(metric, resource, needed_run(run, samples.from));
  for (Millis t = samples.from; t < samples.until; t += metric.sample) {
    const Millis period = t - t % unit - (t - t % unit - request.start) % request.period;
    if (points.empty() || points.back().time != period) points.push_back({period});
    points.back().add(curve.at(t));
  }
}

}  // namespace

void Point::add(double value) {
  ++count;
  sum += value;
  least = std::min(least, value);
  most = std::max(most, value);
}

const json& metric_parameters() {
  static const json file = parse_json(*fixture("metrics.json"));
  return file;
}

Millis round_down(Millis time, Millis step) {
  return time - (time % step + step) % step;
}

Millis round_up(Millis time, Millis step) {
  return round_down(time + step - 1, step);
}

// Measured: a period that has ended is complete at once, and the running one appears a minute after
// its start.
Span published_samples(const Metric& metric, const Span& run, const Span& wanted, Millis now) {
  const Millis oldest = std::max({wanted.from, run.from, now - kept_points().back().time});
  return {round_up(oldest, metric.sample),
          std::min({wanted.until, run.until, now - minutes(1) + 1})};
}

// Recorded: data points are not sorted by time. This order is the same for each call.
std::vector<Point> points_of(const MetricRequest& request, const Metric& metric,
                             const MetricSource& resource, Millis now) {
  std::vector<Point> out;
  for (const Span& run : resource.runs) collect(out, request, metric, resource, run, now);
  std::erase_if(out, [&](const Point& one) { return !is_kept(one.time, request.period, now); });
  const auto place = [](const Point& one) { return mixed(static_cast<std::uint64_t>(one.time)); };
  std::sort(out.begin(), out.end(),
            [&](const Point& a, const Point& b) { return place(a) < place(b); });
  return out;
}

}  // namespace papersail
