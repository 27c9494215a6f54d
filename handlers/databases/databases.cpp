// GetRelationalDatabase, GetRelationalDatabases, DeleteRelationalDatabase.
#include "handlers/databases/databases.hpp"

#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/parameters.hpp"
#include "handlers/databases/snapshots.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

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
  Document& doc = database.doc;
  const auto restorable = papersail::restorable(call, database);
  doc["parameterApplyStatus"] = parameter_apply_status(call, database);
  if (is_new(call, database)) {
    doc.erase("masterEndpoint");
  } else if (restorable) {
    doc["latestRestorableTime"] = timestamp(restorable->latest);
  }
  doc["state"] = api_state(call, database);
  return doc.raw();
}

json get_relational_database(Call& call) {
  return {{"relationalDatabase", to_json(call, relational_database(call))}};
}

json get_relational_databases(Call& call) {
  return call.show_list(type::relational_database, "relationalDatabases",
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
  if (state == "deleting") throw not_possible_now("delete", database);
  if (with_snapshot && state != "available" && state != "backing-up" && state != "stopped") {
    throw wrong_state("take a final snapshot of the database", "it is available or stopped",
                      "database", state);
  }
}

json delete_relational_database(Call& call) {
  Resource database = relational_database(call);
  const std::string snapshot_name = final_snapshot_name(call, database.name);
  require_deletable(database, !snapshot_name.empty());
  database.doc["state"] = "deleting";
  call.put(database);
  call.store.schedule().drop_changes(database);
  std::vector<json> out = {call.started(database)};
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
  return call.get(type::relational_database, call.in["relationalDatabaseName"]);
}

std::string api_state(const Call& call, const Resource& database) {
  const std::string state = status_of(database);
  if (state != "available") return state;
  for (const Backup& backup : daily_backups(call, database, call.now(), call.now())) {
    if (call.now() < backup.end) return "backing-up";
  }
  return state;
}

void require_state(const Call& call, const Resource& database, const char* action,
                   const std::string& state) {
  const std::string shown = api_state(call, database);
  if (shown == state) return;
  throw wrong_state(std::string(action) + " the database", "it is " + state, "database", shown);
}

const std::span<const Action> relational_database_actions = actions;

}  // namespace papersail
