// GetInstanceMetricData.
#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/metrics/metric_data.hpp"

namespace papersail {
namespace {

constexpr double gigabyte = 1 << 30;

// Bundles of Lightsail for Research include no transfer, but their instances use the network too.
double bytes_a_minute(const json& bundle) {
  constexpr double least_gigabytes = 1024, minutes_a_month = 730 * 60;
  const double month = std::max(least_gigabytes, bundle.at("transferPerMonthInGb").get<double>());
  return month * gigabyte / minutes_a_month;
}

// Documented: the burst capacity equals the CPU time that the baseline earns in a day.
std::vector<Size> sizes_of(const json& bundle) {
  const double baseline = cpu_baseline(bundle.at("instanceType"));
  return {{"cpuBaseline", baseline},
          {"percent", 100},
          {"burstSeconds", baseline / 100 * 24 * 60 * 60},
          {"transfer", bytes_a_minute(bundle)},
          {"cpuCount", bundle.at("cpuCount")}};
}

// Stopped instances and instances that are still booting have no data.
std::vector<Span> measured_runs(const Call& call, const Resource& instance) {
  const bool on = state_of(instance) == "running" || state_of(instance) == "pending";
  std::vector<Span> out = runs_of(instance, on, call.now());
  const Millis boot =
      call.store.lifecycle().final_outcome(instance.type, instance.name, "pending").after;
  for (Span& run : out) run.from += boot;
  return out;
}

json get_instance_metric_data(Call& call) {
  const Resource instance = instance_of(call);
  const json& bundle = papersail::bundle(call.region, instance.doc.at("bundleId"));
  return metric_data(call,
                     {instance.type, seed_of(instance), moment_of(instance.doc.at("createdAt")),
                      measured_runs(call, instance), sizes_of(bundle)});
}

constexpr Action actions[] = {{"GetInstanceMetricData", get_instance_metric_data}};

}  // namespace

const std::span<const Action> instance_metric_actions = actions;

}  // namespace papersail
