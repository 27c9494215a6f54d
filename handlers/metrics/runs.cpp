#include "handlers/metrics/runs.hpp"

namespace papersail {
namespace {

constexpr const char* ended_runs = "runs";            // [[from, until], ...] in Resource::internal
constexpr Millis longest_remembered = days(15 * 31);  // longer than any metric is kept

}  // namespace

Millis started_at(const Resource& resource) {
  const json* started = resource.internal.find("startedAt");
  return started ? started->get<Millis>() : moment_of(resource.doc.at("createdAt"));
}

void end_run(Resource& resource, Millis now) {
  json& runs = resource.internal[ended_runs];
  if (runs.is_null()) runs = json::array();
  const Millis from = started_at(resource);
  if (!runs.empty() && runs.back().at(0) == from) return;
  runs.push_back(json::array({from, now}));
  while (runs.front().at(1) < now - longest_remembered) runs.erase(runs.begin());
}

std::vector<Span> runs_of(const Resource& resource, bool runs_now, Millis now) {
  std::vector<Span> out;
  if (const json* ended = resource.internal.find(ended_runs)) {
    for (const json& run : *ended) out.push_back({run.at(0), run.at(1)});
  }
  if (runs_now) out.push_back({started_at(resource), now});
  return out;
}

}  // namespace papersail
