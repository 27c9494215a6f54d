// GetRelationalDatabase, GetRelationalDatabases, DeleteRelationalDatabase.
#include "handlers/databases/databases.hpp"

#include <set>

#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/parameters.hpp"
#include "handlers/databases/snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr const char* noun = "relational database";

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

// Refusals are known for creating and backing-up. The other states that pass are refused too,
// because the message says "try again later". So a failed database can be deleted.
void require_deletable(const Call& call, const Resource& database, bool with_snapshot) {
  static const std::set<std::string> passing = {"creating",  "backing-up", "modifying", "upgrading",
                                                "rebooting", "stopping",   "starting",  "deleting"};
  const std::string state = api_state(call, database);
  if (passing.contains(state)) throw refused_in_state("delete", noun, state);
  if (with_snapshot && state != "available" && state != "stopped") {
    throw refused_in_state("take a final snapshot of", noun, state);
  }
}

json delete_relational_database(Call& call) {
  Resource database = relational_database(call);
  const std::string snapshot_name = final_snapshot_name(call, database.name);
  require_deletable(call, database, !snapshot_name.empty());
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

void require_state(const Call& call, const Resource& database, const std::string& action,
                   const std::string& state) {
  const std::string shown = api_state(call, database);
  if (shown != state) throw refused_in_state(action, noun, shown);
}

// Recorded for the deletion of a database that is backing-up (grucloud), which also shows it for
// creating. The other verbs, states and the noun of snapshots follow the pattern.
ApiError refused_in_state(const std::string& action, const std::string& noun,
                          const std::string& state) {
  return operation_failure("Sorry, you can't " + action + " a " + noun + " in " + state +
                           " state; please try again later");
}

const std::span<const Action> relational_database_actions = actions;

}  // namespace papersail
