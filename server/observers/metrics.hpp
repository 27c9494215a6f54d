// Metrics for Prometheus.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace papersail {

// Writes Prometheus's text format.
class MetricText {
 public:
  // Starts a metric; `type` is "counter", "gauge" or "histogram".
  void begin(const std::string& name, const std::string& type, const std::string& help);
  // Adds a sample. `labels` is the text between the braces, "" for none.
  void add(const std::string& labels, double value, const std::string& suffix = "");

  std::string text;

 private:
  std::string name_;
};

// Returns name="value", escaped.
std::string label(const std::string& name, std::string_view value);

class Metrics {
 public:
  // The upper bounds of the histogram's buckets, in seconds.
  static constexpr std::array<double, 12> bounds = {25e-6, 50e-6, 1e-4,  25e-5, 5e-4, 1e-3,
                                                    25e-4, 5e-3,  25e-3, 0.1,   1,    10};

  // `error_type` is empty for a call that succeeded.
  void note(std::string_view action, std::string_view error_type, std::chrono::nanoseconds took);
  // Writes the metrics of all noted calls, and the uptime since construction.
  void write(MetricText& out) const;

  std::size_t connections = 0;  // open connections, set by the HTTP server

 private:
  struct Row {
    std::map<std::string, std::uint64_t, std::less<>> outcomes;
    std::array<std::uint64_t, bounds.size() + 1> buckets{};
    std::chrono::nanoseconds sum{0};
  };
  static void write_histogram(MetricText& out, const std::string& action, const Row& row);

  std::map<std::string, Row, std::less<>> rows_;  // by action
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace papersail
