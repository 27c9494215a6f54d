#include "handlers/databases/maintenance.hpp"

#include "handlers/databases/backups.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/windows.hpp"

namespace papersail {
namespace {

// The pending changes that pendingModifiedValues has members for.
constexpr const char* shown_as_values[] = {"backupRetentionEnabled", "engineVersion"};

json waiting_of(const Resource& database) {
  return database.internal.value("waiting", json::object());
}

// The API has no modified value for a certificate. papersail shows it in the form in which RDS
// shows its own maintenance of certificates.
json maintenance_actions(const json& waiting, Millis start) {
  json out = json::array();
  if (waiting.contains("caCertificateIdentifier")) {
    out.push_back({{"action", "ca-certificate-rotation"},
                   {"description", "Rotation of the CA certificate"},
                   {"currentApplyDate", timestamp(start)}});
  }
  return out;
}

void show_pending(Document& database, const json& waiting, Millis start) {
  json& pending = database["pendingModifiedValues"];
  for (const char* member : shown_as_values) {
    pending.erase(member);
    if (waiting.contains(member)) pending[member] = waiting[member];
  }
  database["pendingMaintenanceActions"] = maintenance_actions(waiting, start);
}

// Returns the patch of the document that completes the maintenance.
json completion_patch(json waiting) {
  for (const char* member : shown_as_values) waiting["pendingModifiedValues"][member] = nullptr;
  waiting["pendingMaintenanceActions"] = json::array();
  return waiting;
}

// Returns the state during the maintenance: "upgrading" if the engine version changes.
std::string state_for(const json& waiting) {
  return waiting.contains("engineVersion") ? "upgrading" : "modifying";
}

// Starts or ends the backups and returns a patch of `internal`. Documented: enabling backups makes
// earlier ones unavailable.
json change_backups(Call& call, Resource& database, bool enabled, Millis end) {
  note(call, database, end, enabled ? "backups-enabled" : "backups-disabled");
  if (!enabled) {
    end_backups(database, end);
    return json::object();
  }
  begin_backups(database, end);
  return first_restorable(end);
}

// Schedules the changes for the end of the maintenance that begins at `start`.
void schedule_completion(Call& call, Resource& database, const json& waiting, Millis start) {
  const Lifecycle& lifecycle = call.store.lifecycle();
  const std::string state = state_for(waiting);
  const Millis end = start + lifecycle.final_outcome(database.type, database.name, state).after;
  json internal_patch = json::object();
  if (waiting.contains("backupRetentionEnabled")) {
    internal_patch = change_backups(call, database, waiting["backupRetentionEnabled"], end);
  }
  internal_patch["waiting"] = nullptr;
  call.store.schedule().add_change(database, end, completion_patch(waiting), internal_patch);
}

}  // namespace

void plan_maintenance(Call& call, Resource& database, Millis from) {
  const json waiting = waiting_of(database);
  const Millis start = next_maintenance(database.doc.at("preferredMaintenanceWindow"), from);
  show_pending(database.doc, waiting, start);
  if (waiting.empty()) return;
  const std::string state = state_for(waiting);
  call.store.schedule().add_change(database, start, {{"state", state}}, json::object());
  schedule_completion(call, database, waiting, start);
  schedule_lifecycle_events(call, database, state, start);
}

void begin_maintenance(Call& call, Resource& database) {
  const json waiting = waiting_of(database);
  show_pending(database.doc, waiting, call.now());
  if (waiting.empty()) return;
  database.doc["state"] = state_for(waiting);
  schedule_completion(call, database, waiting, call.now());
}

void forget_plans(Call& call, Resource& database) {
  call.store.schedule().drop_changes(database);
  forget_coming_events(call, database);
  forget_coming_backups(call, database);
}

}  // namespace papersail
