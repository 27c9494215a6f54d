// StartRelationalDatabase, StopRelationalDatabase, RebootRelationalDatabase.
#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/maintenance.hpp"
#include "handlers/databases/snapshots.hpp"
#include "handlers/metrics/runs.hpp"

namespace papersail {
namespace {

constexpr Millis longest_stop = days(7);  // documented: then the service starts the database

// Backups and maintenance continue when a start at `at` is complete.
void plan_start(Call& call, Resource& database, Millis at) {
  const Millis up = schedule_lifecycle_events(call, database, "starting", at);
  if (database.doc.at("backupRetentionEnabled")) begin_backups(database, up);
  plan_maintenance(call, database, up);
}

json start_relational_database(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "start", "stopped");
  forget_plans(call, database);
  database.doc["state"] = "starting";
  database.internal["startedAt"] = call.now();
  plan_start(call, database, call.now());
  call.put(database);
  return operations({call.started(database)});
}

void stop(Call& call, Resource& database) {
  forget_plans(call, database);
  database.doc["state"] = "stopping";
  end_backups(database, call.now());
  end_run(database, call.now());
  const Millis forced =
      schedule_lifecycle_events(call, database, "stopping", call.now()) + longest_stop;
  note(call, database, forced, "start-forced");
  call.store.schedule().add_change(database, forced, {{"state", "starting"}},
                                   {{"startedAt", forced}});
  plan_start(call, database, forced);
  call.put(database);
}

// Recorded for a final snapshot: the operations of the snapshot come after that of the deletion.
// The same order is used for a stop.
json stop_relational_database(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "stop", "available");
  stop(call, database);
  std::vector<json> out = {call.started(database)};
  if (call.in.contains("relationalDatabaseSnapshotName")) {
    const Resource snapshot =
        create_snapshot(call, database, call.in["relationalDatabaseSnapshotName"]);
    out.push_back(snapshot_of_database(call, database, snapshot));
    out.push_back(snapshot_of_snapshot(call, database, snapshot));
  }
  return operations(std::move(out));
}

// Recorded: the details are empty.
json reboot_relational_database(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "reboot", "available");
  database.doc["state"] = "rebooting";
  schedule_lifecycle_events(call, database, "rebooting", call.now());
  call.put(database);
  return operations({call.started(database, "")});
}

constexpr Action actions[] = {
    {"RebootRelationalDatabase", reboot_relational_database},
    {"StartRelationalDatabase", start_relational_database},
    {"StopRelationalDatabase", stop_relational_database},
};

}  // namespace

const std::span<const Action> relational_database_power_actions = actions;

}  // namespace papersail
