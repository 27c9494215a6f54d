#include "server/observers/metrics.hpp"

#include <algorithm>

#include "text/json.hpp"

namespace papersail {
namespace {

std::string number_text(double value) {
  return json(value).dump();
}

double in_seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

void MetricText::begin(const std::string& name, const std::string& type, const std::string& help) {
  name_ = name;
  text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

void MetricText::add(const std::string& labels, double value, const std::string& suffix) {
  text += name_ + suffix + (labels.empty() ? "" : '{' + labels + '}') + ' ';
  // Writes whole numbers without a decimal point; all counts are exact in a double.
  const auto whole = static_cast<std::int64_t>(value);
  text += static_cast<double>(whole) == value ? std::to_string(whole) : number_text(value);
  text += '\n';
}

std::string label(const std::string& name, std::string_view value) {
  std::string out = name + "=\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + '"';
}

void Metrics::note(std::string_view action, std::string_view error_type,
                   std::chrono::nanoseconds took) {
  auto found = rows_.find(action);
  if (found == rows_.end()) found = rows_.emplace(action, Row()).first;
  Row& row = found->second;
  const std::string_view outcome = error_type.empty() ? "ok" : error_type;
  auto count = row.outcomes.find(outcome);
  if (count == row.outcomes.end()) count = row.outcomes.emplace(outcome, 0).first;
  ++count->second;
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), in_seconds(took));
  ++row.buckets[static_cast<std::size_t>(bucket - bounds.begin())];
  row.sum += took;
}

void Metrics::write(MetricText& out) const {
  out.begin("papersail_uptime_seconds", "gauge", "Uptime of the server.");
  out.add("", in_seconds(std::chrono::steady_clock::now() - began_));
  out.begin("papersail_connections", "gauge", "Open client connections.");
  out.add("", static_cast<double>(connections));
  out.begin("papersail_requests_total", "counter", "Calls, by action and outcome.");
  for (const auto& [action, row] : rows_) {
    for (const auto& [outcome, count] : row.outcomes) {
      out.add(label("action", action) + ',' + label("outcome", outcome),
              static_cast<double>(count));
    }
  }
  out.begin("papersail_request_duration_seconds", "histogram",
            "Duration of calls, without the latency of faults.");
  for (const auto& [action, row] : rows_) write_histogram(out, action, row);
}

void Metrics::write_histogram(MetricText& out, const std::string& action, const Row& row) {
  const std::string of_action = label("action", action);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < row.buckets.size(); ++i) {
    count += row.buckets[i];
    const std::string bound = i < bounds.size() ? number_text(bounds[i]) : "+Inf";
    out.add(of_action + ',' + label("le", bound), static_cast<double>(count), "_bucket");
  }
  out.add(of_action, in_seconds(row.sum), "_sum");
  out.add(of_action, static_cast<double>(count), "_count");
}

}  // namespace papersail
