// The values of metrics, computed from the rules in fixtures/metrics.json. A resource's values
// depend only on the resource and the time, not on when or how a client requests them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/metrics/runs.hpp"
#include "text/time.hpp"

namespace papersail {

// A metric of one type of resource. fixtures/metrics.json explains the members.
struct Metric {
  enum class Kind { activity, reserve, filling };

  std::uint64_t seed = 0;  // differs for each metric
  std::string unit;
  Millis every = 0;
  Millis sample = 0;
  Kind kind = Kind::activity;
  std::string of;
  double idle = 0, busy = 0, job = 0, noise = 0;
  double most = 0;  // 0: no limit
  double at_start = 0, per_day = 0;
  bool whole = false;
};

// Returns the metric of this name. Throws std::out_of_range if there is none.
const Metric& metric(const std::string& resource_type, const std::string& name);

struct Size {
  std::string_view name;
  double value = 0;
};

// The properties of a resource that its metrics depend on.
struct MetricSource {
  std::string type;        // key in fixtures/metrics.json
  std::uint64_t seed = 0;  // differs for each resource
  Millis created = 0;
  std::vector<Span> runs;   // times with values, oldest first
  std::vector<Size> sizes;  // the values that "of" names
};

// Returns the part of the run that values from `time` on depend on. A reserve is full within a few
// days, however full it was before.
Span needed_run(const Span& run, Millis time);

// One metric of a resource in one of its runs.
class Curve {
 public:
  // The metric and the resource must outlive the curve.
  Curve(const Metric& metric, const MetricSource& resource, const Span& run);

  // Returns the value at `time`, which must be within the run and must not decrease from one call
  // to the next. Values have few enough binary digits that their sums are exact in any order.
  double at(Millis time);

 private:
  // One day of a site: the load at its peak, and the two jobs (a backup, an update).
  struct Day {
    Span span;
    double height = 0;
    Span jobs[2];
  };
  Day day_of(Millis time) const;
  double activity_at(const Metric& metric, double of, Millis time);
  double cpu_used(Millis from, Millis until);
  double reserve_at(Millis time);

  const Metric& metric_;
  const MetricSource& resource_;
  const double of_;
  const double peak_;    // the hour of the day with most load
  const double height_;  // the load at the peak of a working day
  Day day_;              // of the last value
  // For Kind::reserve: the fill level (0 to 1) at `level_time_`.
  double level_;
  Millis level_time_;
};

}  // namespace papersail
