// GetRelationalDatabaseMetricData.
#include "handlers/actions.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/metrics/metric_data.hpp"

namespace papersail {
namespace {

constexpr double gigabyte = 1 << 30;

std::vector<Size> sizes_of(const json& hardware) {
  const double memory = hardware.at("ramSizeInGb").get<double>() * gigabyte;
  return {{"percent", 100},
          {"cpuCount", hardware.at("cpuCount")},
          {"disk", hardware.at("diskSizeInGb").get<double>() * gigabyte},
          {"memory", memory},
          {"mostConnections", memory / 12582880}};  // RDS's formula for MySQL
}

// A database that is being modified has data; a stopped one has none.
std::vector<Span> measured_runs(const Call& call, const Resource& database) {
  const std::string state = status_of(database);
  const bool on = state != "stopping" && state != "stopped";
  std::vector<Span> out = runs_of(database, on, call.now());
  const Millis created = moment_of(database.doc.at("createdAt"));
  for (Span& run : out) {
    const char* first = run.from == created ? "creating" : "starting";
    run.from += call.store.lifecycle().final_outcome(database.type, database.name, first).after;
  }
  return out;
}

json get_relational_database_metric_data(Call& call) {
  const Resource database = relational_database(call);
  return metric_data(call,
                     {database.type, seed_of(database), moment_of(database.doc.at("createdAt")),
                      measured_runs(call, database), sizes_of(database.doc.at("hardware"))});
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseMetricData", get_relational_database_metric_data}};

}  // namespace

const std::span<const Action> relational_database_metric_actions = actions;

}  // namespace papersail
