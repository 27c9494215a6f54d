// CreateRelationalDatabaseFromSnapshot: restores from a snapshot, or a database to a point in time.
#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/catalog.hpp"
#include "handlers/databases/creation.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/passwords.hpp"
#include "handlers/databases/snapshots.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"
#include "state/error.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

struct Source {
  DatabaseOrigin origin;
  std::string bundle;
};

Source snapshot_source(Call& call) {
  const Resource snapshot = available_snapshot(call, "restore");
  const Document &doc = snapshot.doc, &internal = snapshot.internal;
  const json settings = {
      {"relationalDatabaseBlueprintId", doc.at("fromRelationalDatabaseBlueprintId")},
      {"engine", doc.at("engine")},
      {"engineVersion", doc.at("engineVersion")},
      {"masterDatabaseName", internal.at("masterDatabaseName")},
      {"masterUsername", internal.at("masterUsername")}};
  return {{settings,
           internal.at("password").at("masterUserPassword"),
           "restored-from-snapshot",
           {{"snapshot", snapshot.name}}},
          doc.at("fromRelationalDatabaseBundleId")};
}

// Returns the requested point in time, which must be in the restorable range.
Millis moment_to_restore(const Call& call, const Resource& database) {
  const auto range = restorable(call, database);
  if (!range || status_of(database) == "deleting") {
    throw operation_failure("There are no backups of the database to restore from: " +
                            database.name);
  }
  if (call.flag("useLatestRestorableTime")) return range->latest;
  const Millis wanted = moment_of(call.in["restoreTime"]);
  if (wanted < range->earliest || wanted > range->latest) {
    throw invalid_input("The restoreTime must be between " + utc_text(range->earliest) + " and " +
                        utc_text(range->latest) + ".");
  }
  return wanted;
}

Source moment_source(Call& call) {
  const Resource database =
      call.get(type::relational_database, call.in["sourceRelationalDatabaseName"]);
  const Millis moment = moment_to_restore(call, database);
  json settings = json::object();
  for (const char* member : {"relationalDatabaseBlueprintId", "engine", "engineVersion",
                             "masterDatabaseName", "masterUsername"}) {
    settings[member] = database.doc.at(member);
  }
  return {{settings,
           password_at(database, moment),
           "restored-to-time",
           {{"source", database.name}, {"time", utc_text(moment)}}},
          database.doc.at("relationalDatabaseBundleId")};
}

// The input must have either a snapshot, or a database and exactly one point in time.
void require_one_source(const Call& call) {
  require_exactly_one(call, "relationalDatabaseSnapshotName", "sourceRelationalDatabaseName",
                      "You must specify");
  if (call.in.contains("sourceRelationalDatabaseName")) {
    require_exactly_one(call, "restoreTime", "useLatestRestorableTime", "You must specify");
  } else if (call.in.contains("restoreTime") || call.flag("useLatestRestorableTime")) {
    throw invalid_input(
        "You can use restoreTime and useLatestRestorableTime only with "
        "sourceRelationalDatabaseName.");
  }
}

bool is_smaller(const json& bundle, const json& than) {
  return bundle.at("diskSizeInGb") < than.at("diskSizeInGb") ||
         bundle.at("ramSizeInGb") < than.at("ramSizeInGb");
}

// An inactive bundle is still valid for a database that had it. Documented: the bundle must not be
// smaller than the source's. High availability may change.
const json& bundle_of(const Call& call, const std::string& source) {
  const json& from = database_bundle(source);
  const std::string id = call.in.value("relationalDatabaseBundleId", source);
  const json& bundle = id == source ? from : active_database_bundle(id);
  if (is_smaller(bundle, from)) {
    throw invalid_input("The bundle cannot be smaller than that of the source database, " + source +
                        ": " + id);
  }
  return bundle;
}

json create_relational_database_from_snapshot(Call& call) {
  require_one_source(call);
  const Source source = call.in.contains("relationalDatabaseSnapshotName") ? snapshot_source(call)
                                                                           : moment_source(call);
  const Resource database = create_database(call, source.origin, bundle_of(call, source.bundle));
  return operations({call.started(database)});
}

constexpr Action actions[] = {
    {"CreateRelationalDatabaseFromSnapshot", create_relational_database_from_snapshot},
};

}  // namespace

const std::span<const Action> relational_database_restore_actions = actions;

}  // namespace papersail
