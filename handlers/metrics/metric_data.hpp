// Functions shared by the actions that return metric data.
#pragma once

#include "handlers/call.hpp"
#include "handlers/metrics/curves.hpp"

namespace papersail {

// Returns the response {"metricName", "metricData"} with the data points that the input selects by
// metricName, period, startTime, endTime, unit and statistics. Throws invalid_input.
json metric_data(const Call& call, const MetricSource& resource);

// Returns the CPU baseline of an instance's bundle in percent (fixtures/metrics.json).
double cpu_baseline(const std::string& instance_type);

}  // namespace papersail
