#include "handlers/metrics/metric_data.hpp"

#include <array>
#include <string>
#include <vector>

#include "handlers/metrics/points.hpp"

namespace papersail {
namespace {

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
}

// Measured: the periods begin at the start time, rounded down to the minute, and the last one is
// whole. More periods than mostPoints are no error, but have no data.
MetricRequest decode_request(const Call& call) {
  MetricRequest out{moment_of(call.in["startTime"]), moment_of(call.in["endTime"]),
                    seconds(call.in["period"])};
  require_valid(out, call.in["statistics"]);
  const Millis points = (out.end - out.start + out.period - 1) / out.period;
  out.start = round_down(out.start, minutes(1));
  out.end =
      points > metric_parameters().at("mostPoints") ? out.start : out.start + points * out.period;
  return out;
}

double average(const Point& point) {
  return point.sum / point.count;
}

struct Statistic {
  const char* name;    // in requests
  const char* member;  // of the response
  double (*value)(const Point&);
};

// In the order of the response.
constexpr Statistic statistics[] = {
    {"Average", "average", average},
    {"Maximum", "maximum", [](const Point& point) { return point.most; }},
    {"Minimum", "minimum", [](const Point& point) { return point.least; }},
    {"SampleCount", "sampleCount", [](const Point& point) { return point.count; }},
    {"Sum", "sum", [](const Point& point) { return point.sum; }}};

// Appends a number as `json` does, without a json value.
void append_number(std::string& out, double value) {
  std::array<char, 64> text;
  out.append(text.data(), nlohmann::detail::to_chars(text.data(), text.data() + 64, value));
}

// Recorded: only the requested statistics are present, under their names in camel case.
void append_point(std::string& out, const std::vector<Statistic>& wanted, const std::string& unit,
                  const Point& point) {
  out += '{';
  for (const Statistic& one : wanted) {
    out.append("\"").append(one.member).append("\":");
    append_number(out, one.value(point));
    out += ',';
  }
  out.append("\"timestamp\":").append(std::to_string(point.time / 1000)).append(".0,\"unit\":\"");
  out.append(unit).append("\"}");
}

std::vector<Statistic> wanted_statistics(const json& names) {
  std::vector<Statistic> out;
  for (const Statistic& one : statistics) {
    if (contains(names, one.name)) out.push_back(one);
  }
  return out;
}

}  // namespace

// CloudWatch stores data by metric and unit and does not convert: there is no data in other units.
json metric_data(const Call& call, const MetricSource& resource) {
  const std::string name = call.in["metricName"];
  const Metric& metric = papersail::metric(resource.type, name);
  const MetricRequest request = decode_request(call);
  const auto wanted = wanted_statistics(call.in["statistics"]);
  std::string data = "[";
  if (call.in["unit"] == metric.unit) {
    for (const Point& point : points_of(request, metric, resource, call.now())) {
      if (data.size() > 1) data += ',';
      append_point(data, wanted, metric.unit, point);
    }
  }
  return {{"metricName", name}, {"metricData", raw_json(data += ']')}};
}

double cpu_baseline(const std::string& instance_type) {
  const json& baselines = metric_parameters().at("cpuBaselines");
  return baselines.value(instance_type, baselines.at("other").get<double>());
}

}  // namespace papersail
