// GetRelationalDatabase, GetRelationalDatabases, DeleteRelationalDatabase.
#include "handlers/databases/databases.hpp"

#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/creation.hpp"
#include "handlers/databases/parameters.hpp"
#include "handlers/databases/snapshots.hpp"

namespace papersail {
namespace {

// True until the database is available for the first time. Until then it has no endpoint and no
// latestRestorableTime.
bool is_new(const Call& call, const Resource& database) {
  const Lifecycle& lifecycle = call.store.lifecycle();
  const Millis available = moment_of(database.doc.at("createdAt")) +
                           lifecycle.final_outcome(database.type, database.name, "creating").after;
  return status_of(database) != "available" && call.now() < available;
}

// Returns the document with the members that depend on the time.
json to_json(const Call& call, Resource database) {
  json& doc = database.doc;
  const auto restorable = papersail::restorable(call, database);
  doc["parameterApplyStatus"] = parameter_apply_status(call, database);
  if (is_new(call, database)) {
    doc.erase("masterEndpoint");
  } else if (restorable) {
    doc["latestRestorableTime"] = timestamp(restorable->latest);
  }
  doc["state"] = shown_state(call, database);
  return doc;
}

json get_relational_database(Call& call) {
  return {{"relationalDatabase", to_json(call, relational_database(call))}};
}

json get_relational_databases(Call& call) {
  return call.show_list(database_type, "relationalDatabases",
                        [&](Resource database) { return to_json(call, std::move(database)); });
}

// Returns the requested name of the final snapshot, a generated one, or "" if there is to be no
// snapshot. Recorded: the service generates a name, although the model requires one.
std::string final_snapshot_name(const Call& call, const std::string& database) {
  const bool has_name = call.in.contains("finalRelationalDatabaseSnapshotName");
  if (!call.flag("skipFinalSnapshot")) {
    return has_name ? call.text("finalRelationalDatabaseSnapshotName")
                    : database + "-FinalSnapshot-" + std::to_string(call.now());
  }
  if (!has_name) return "";
  throw invalid_input(
      "You can't skip the final snapshot and give it a name: choose either skipFinalSnapshot or "
      "finalRelationalDatabaseSnapshotName.");
}

// Without a final snapshot a database can be deleted in any state, as in RDS.
void require_deletable(const Resource& database, bool with_snapshot) {
  const std::string state = status_of(database);
  if (state == "deleting") {
    throw operation_failure(
        "You can't delete this database right now. The state of this database "
        "is: deleting");
  }
  if (with_snapshot && state != "available" && state != "backing-up" && state != "stopped") {
    throw operation_failure(
        "You can only take a final snapshot of the database when it is available or stopped. The "
        "current state of your database is: " +
        state);
  }
}

json delete_relational_database(Call& call) {
  Resource database = relational_database(call);
  const std::string snapshot_name = final_snapshot_name(call, database.name);
  require_deletable(database, !snapshot_name.empty());
  database.doc["state"] = "deleting";
  call.put(database);
  call.store.drop_changes(database);
  std::vector<json> out = {call.started("DeleteRelationalDatabase", database)};
  if (!snapshot_name.empty()) {
    const Resource snapshot = create_snapshot(call, database, snapshot_name);
    out.push_back(snapshot_of_database(call, database, snapshot));
    out.push_back(snapshot_of_snapshot(call, database, snapshot));
  }
  return operations(std::move(out));
}

constexpr Action actions[] = {
    {"DeleteRelationalDatabase", delete_relational_database},
    {"GetRelationalDatabase", get_relational_database},
    {"GetRelationalDatabases", get_relational_databases},
};

}  // namespace

Resource relational_database(Call& call) {
  return call.get(database_type, call.in["relationalDatabaseName"]);
}

std::string shown_state(const Call& call, const Resource& database) {
  const std::string state = status_of(database);
  if (state != "available") return state;
  for (const Backup& backup : daily_backups(call, database, call.now(), call.now())) {
    if (call.now() < backup.end) return "backing-up";
  }
  return state;
}

void require_state(const Call& call, const Resource& database, const char* action,
                   const std::string& state) {
  const std::string shown = shown_state(call, database);
  if (shown == state) return;
  // The message follows the recorded errors for disks.
  throw operation_failure(std::string("You can only ") + action + " the database when it is " +
                          state + ". The current state of your database is: " + shown);
}

const std::span<const Action> relational_database_actions = actions;

}  // namespace papersail
