// Metric data: what the actions that give it have in common.
#pragma once

#include "handlers/call.hpp"
#include "handlers/metrics/curves.hpp"

namespace papersail {

// The answer {"metricName", "metricData"} with the data points that the input asks for by
// metricName, period, startTime, endTime, unit and statistics. Throws invalid_input.
json metric_data(const Call& call, const Metered& resource);

// Of an instance's bundle, in percent (fixtures/metrics.json).
double cpu_baseline(const std::string& instance_type);

}  // namespace papersail
