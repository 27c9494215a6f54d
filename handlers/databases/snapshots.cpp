// CreateRelationalDatabaseSnapshot, GetRelationalDatabaseSnapshot, GetRelationalDatabaseSnapshots,
// DeleteRelationalDatabaseSnapshot.
#include "handlers/databases/snapshots.hpp"

#include "handlers/actions.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/names.hpp"
#include "handlers/quotas.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr const char* creation = "CreateRelationalDatabaseSnapshot";

json shown_origin(const Resource& database) {
  const Document& doc = database.doc;
  return {{"engine", doc.at("engine")},
          {"engineVersion", doc.at("engineVersion")},
          {"sizeInGb", doc.at("hardware").at("diskSizeInGb")},
          {"state", "creating"},
          {"fromRelationalDatabaseName", database.name},
          {"fromRelationalDatabaseArn", doc.at("arn")},
          {"fromRelationalDatabaseBundleId", doc.at("relationalDatabaseBundleId")},
          {"fromRelationalDatabaseBlueprintId", doc.at("relationalDatabaseBlueprintId")}};
}

Resource snapshot_of(Call& call) {
  return call.get(type::relational_database_snapshot, call.in["relationalDatabaseSnapshotName"]);
}

void require_available(const Resource& snapshot, const char* action) {
  const std::string state = status_of(snapshot);
  if (state != "available") throw refused_in_state(action, "relational database snapshot", state);
}

// The database is "backing-up" while the snapshot is made, as in RDS.
json create_relational_database_snapshot(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "create a snapshot of", "available");
  const Resource snapshot =
      create_snapshot(call, database, call.in["relationalDatabaseSnapshotName"]);
  database.doc["state"] = "backing-up";
  schedule_lifecycle_events(call, database, "backing-up", call.now());
  call.put(database);
  return operations({snapshot_of_snapshot(call, database, snapshot),
                     snapshot_of_database(call, database, snapshot)});
}

json get_relational_database_snapshot(Call& call) {
  return {{"relationalDatabaseSnapshot", call.show(type::relational_database_snapshot,
                                                   call.in["relationalDatabaseSnapshotName"])}};
}

json get_relational_database_snapshots(Call& call) {
  return call.show_list(type::relational_database_snapshot, "relationalDatabaseSnapshots");
}

// A snapshot that could not be created can be deleted, as in RDS.
json delete_relational_database_snapshot(Call& call) {
  const Resource snapshot = snapshot_of(call);
  if (status_of(snapshot) != "failed") require_available(snapshot, "delete");
  call.store.remove(snapshot);
  return operations({call.succeeded(snapshot)});
}

constexpr Action actions[] = {
    {"CreateRelationalDatabaseSnapshot", create_relational_database_snapshot},
    {"DeleteRelationalDatabaseSnapshot", delete_relational_database_snapshot},
    {"GetRelationalDatabaseSnapshot", get_relational_database_snapshot},
    {"GetRelationalDatabaseSnapshots", get_relational_database_snapshots},
};

}  // namespace

Resource create_snapshot(Call& call, const Resource& database, const std::string& name) {
  require_database_name(name);
  require_quota_for_new(call, type::relational_database_snapshot);
  Resource snapshot = call.new_resource(type::relational_database_snapshot, name, "all",
                                        "ls-" + call.ids().hex(40));
  snapshot.doc.update(shown_origin(database));
  // The initial values of a database restored from the snapshot.
  snapshot.internal = {{"masterDatabaseName", database.doc.at("masterDatabaseName")},
                       {"masterUsername", database.doc.at("masterUsername")},
                       {"password", database.internal.at("passwords").at("CURRENT")}};
  call.create(snapshot);
  return snapshot;
}

json snapshot_of_snapshot(Call& call, const Resource& database, const Resource& snapshot) {
  return call.started(creation, snapshot, database.name);
}

json snapshot_of_database(Call& call, const Resource& database, const Resource& snapshot) {
  return call.started(creation, database, snapshot.name);
}

Resource available_snapshot(Call& call, const char* action) {
  Resource snapshot = snapshot_of(call);
  require_available(snapshot, action);
  return snapshot;
}

const std::span<const Action> relational_database_snapshot_actions = actions;

}  // namespace papersail
