// How metrics go: what fixtures/metrics.json says of them, and the values that follow from it. The
// same resource gives the same values at the same times, whenever and however they are asked for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "handlers/metrics/runs.hpp"
#include "text/time.hpp"

namespace papersail {

// A metric of one type of resource; the members are explained in fixtures/metrics.json.
struct Metric {
  enum class Kind { activity, reserve, filling };

  std::uint64_t seed = 0;  // its own, so that metrics of one resource waver differently
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

// The metric of this name. Throws std::out_of_range.
const Metric& metric(const std::string& resource_type, const std::string& name);

// A resource, as far as its metrics are concerned.
struct Metered {
  std::string type;        // its section in fixtures/metrics.json
  std::uint64_t seed = 0;  // its own; makes its curves differ from all others
  Millis created = 0;
  std::vector<Span> runs;               // when it had values, in order
  std::map<std::string, double> sizes;  // what "of" refers to
};

// One metric of a resource in one of its runs.
class Curve {
 public:
  // Metric and resource must outlive the curve.
  Curve(const Metric& metric, const Metered& resource, const Span& run);

  // The value at `time`, within the run. Times must not go back from one call to the next. Values
  // have few enough binary digits that sums of them are exact, in whatever order they are made.
  double at(Millis time);

 private:
  double activity_at(const Metric& metric, double of, Millis time) const;
  double cpu_used(Millis from, Millis until) const;
  double reserve_at(Millis time);

  const Metric& metric_;
  const Metered& resource_;
  const double of_;
  // For Kind::reserve: how full it is at `reckoned_`.
  double level_;
  Millis reckoned_;
};

}  // namespace papersail
