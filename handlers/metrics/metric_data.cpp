#include "handlers/metrics/metric_data.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "fixtures/fixtures.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

const json& parameters() {
  static const json file = parse_json(*fixture("metrics.json"));
  return file;
}

Millis round_up(Millis time, Millis step) {
  return (time + step - 1) / step * step;
}

// Data points of this period are kept for this time.
struct Kept {
  Millis time;
  Millis period;
};

// From the finest period to the longest time.
const std::vector<Kept>& kept_points() {
  static const std::vector<Kept> list = [] {
    std::vector<Kept> out;
    for (const json& kept : parameters().at("kept")) {
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

struct MetricRequest {
  Millis start;
  Millis end;
  Millis period;
};

// The limit and the message are CloudWatch's (cloud-custodian/cloud-custodian#7683).
void require_few_points(Millis range, Millis period) {
  const Millis points = (range + period - 1) / period;
  const Millis most = parameters().at("mostPoints");
  if (points <= most) return;
  throw invalid_input("You have requested up to " + std::to_string(points) +
                      " datapoints, which exceeds the limit of " + std::to_string(most) +
                      ". You may reduce the datapoints requested by increasing Period, or "
                      "decreasing the time range.");
}

// The messages about times are CloudWatch's (influxdata/telegraf#2022).
void require_valid(const MetricRequest& request, const json& statistics) {
  if (request.period % minutes(1) != 0) {
    throw invalid_input("The parameter period must be a multiple of 60.");
  }
  if (request.start == request.end) {
    throw invalid_input("The parameter StartTime must not equal parameter EndTime.");
  }
  if (request.start > request.end) {
    throw invalid_input("The parameter StartTime must be less than the parameter EndTime.");
  }
  if (statistics.empty()) throw invalid_input("No statistics are given.");
  require_few_points(request.end - request.start, request.period);
}

// Periods begin at the start time, as in the recorded data points of periods of 2628000 seconds.
// The start time is rounded down to the finest period that exists for its age, as in CloudWatch.
MetricRequest decode_request(const Call& call) {
  MetricRequest out{moment_of(call.in["startTime"]), moment_of(call.in["endTime"]),
                    seconds(call.in["period"])};
  require_valid(out, call.in["statistics"]);
  out.start -= out.start % finest_period(out.start, call.now()).value_or(hours(1));
  return out;
}

struct Totals {
  double count = 0;
  double sum = 0;
  double least = std::numeric_limits<double>::max();
  double most = std::numeric_limits<double>::lowest();

  void add(double value) {
    ++count;
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

// Totals by the beginning of their period.
using Periods = std::map<Millis, Totals>;

// Adds the samples of a run that are published by `now`. A set of samples belongs to the period in
// which its interval begins.
void collect(Periods& periods, const MetricRequest& request, const Metric& metric,
             const MetricSource& resource, const Span& run, Millis now) {
  const Span sets = published_sets(metric, run, {request.start, request.end}, now);
  Curve curve(metric, resource, needed_run(run, sets.from));
  for (Millis set = sets.from; set < sets.until; set += metric.every) {
    const Millis period = set - (set - request.start) % request.period;
    const auto finest = finest_period(period, now);
    if (!finest || request.period % *finest != 0) continue;
    const Millis until = std::min(set + metric.every, run.until);
    for (Millis t = std::max(set, round_up(run.from, metric.sample)); t < until;
         t += metric.sample) {
      periods[period].add(curve.at(t));
    }
  }
}

json statistic(const std::string& name, const Totals& totals) {
  if (name == "Sum") return totals.sum;
  if (name == "Average") return totals.sum / totals.count;
  if (name == "Minimum") return totals.least;
  if (name == "Maximum") return totals.most;
  return totals.count;
}

// Recorded: only the requested statistics are present, under their names in camel case.
json data_point(const std::set<std::string>& statistics, const std::string& unit, Millis time,
                const Totals& totals) {
  json out = {{"timestamp", timestamp(time)}, {"unit", unit}};
  for (const std::string& name : statistics) {
    std::string member = name;
    member[0] = static_cast<char>(member[0] - 'A' + 'a');
    out[member] = statistic(name, totals);
  }
  return out;
}

// Recorded: data points are not sorted by time. This order is the same for each call.
json shuffled(std::vector<json> points) {
  const auto place = [](const json& point) { return hash_of(point.at("timestamp").dump()); };
  std::sort(points.begin(), points.end(),
            [&](const json& a, const json& b) { return place(a) < place(b); });
  return points;
}

}  // namespace

Span published_sets(const Metric& metric, const Span& run, const Span& wanted, Millis now) {
  const Millis oldest = std::max(wanted.from, now - kept_points().back().time);
  return {std::max(run.from - run.from % metric.every, round_up(oldest, metric.every)),
          std::min({wanted.until, run.until, now - metric.every + 1})};
}

// CloudWatch stores data by metric and unit and does not convert: there is no data in other units.
json metric_data(const Call& call, const MetricSource& resource) {
  const std::string name = call.in["metricName"];
  const Metric& metric = papersail::metric(resource.type, name);
  const MetricRequest request = decode_request(call);
  Periods periods;
  if (call.in["unit"] == metric.unit) {
    for (const Span& run : resource.runs) {
      collect(periods, request, metric, resource, run, call.now());
    }
  }
  const std::set<std::string> statistics = call.in["statistics"];  // each once
  std::vector<json> points;
  for (const auto& [time, totals] : periods) {
    points.push_back(data_point(statistics, metric.unit, time, totals));
  }
  return {{"metricName", name}, {"metricData", shuffled(std::move(points))}};
}

double cpu_baseline(const std::string& instance_type) {
  const json& baselines = parameters().at("cpuBaselines");
  return baselines.value(instance_type, baselines.at("other").get<double>());
}

}  // namespace papersail
