// The data points of a metric, and when they exist. These rules are for all metric actions.
#pragma once

#include <limits>
#include <vector>

#include "handlers/metrics/curves.hpp"
#include "text/json.hpp"
#include "text/time.hpp"

namespace papersail {

// The periods that a client requests: [start, start + period), ... up to `end`.
struct MetricRequest {
  Millis start;
  Millis end;
  Millis period;
};

// The samples of one period.
struct Point {
  Millis time;  // the beginning of its period
  double count = 0;
  double sum = 0;
  double least = std::numeric_limits<double>::max();
  double most = std::numeric_limits<double>::lowest();

  void add(double value);
};

// Returns the times, at intervals of `metric.sample`, of the samples that are wanted, published by
// `now` and still kept: at most those of the longest time for which data points are kept.
Span published_samples(const Metric& metric, const Span& run, const Span& wanted, Millis now);

// Returns the data points that exist by `now`, in the order of the response.
std::vector<Point> points_of(const MetricRequest& request, const Metric& metric,
                             const MetricSource& resource, Millis now);

// Returns the contents of fixtures/metrics.json.
const json& metric_parameters();

// Return the nearest multiple of `step` that is not later, and not earlier.
Millis round_down(Millis time, Millis step);
Millis round_up(Millis time, Millis step);

}  // namespace papersail
