#include "handlers/databases/maintenance.hpp"

#include "handlers/databases/backups.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/windows.hpp"

namespace papersail {
namespace {

// Of the changes that can wait, those that pendingModifiedValues has members for.
constexpr const char* shown_as_values[] = {"backupRetentionEnabled", "engineVersion"};

json waiting_of(const Resource& database) {
  return database.internal.value("waiting", json::object());
}

// A certificate is no modified value in the API; that it is shown as RDS shows its own plans for
// certificates is our choice.
json maintenance_actions(const json& waiting, Millis start) {
  json out = json::array();
  if (waiting.contains("caCertificateIdentifier")) {
    out.push_back({{"action", "ca-certificate-rotation"},
                   {"description", "Rotation of the CA certificate"},
                   {"currentApplyDate", timestamp(start)}});
  }
  return out;
}

void show(json& database, const json& waiting, Millis start) {
  json& pending = database["pendingModifiedValues"];
  for (const char* member : shown_as_values) {
    pending.erase(member);
    if (waiting.contains(member)) pending[member] = waiting[member];
  }
  database["pendingMaintenanceActions"] = maintenance_actions(waiting, start);
}

// The patch of the document once the work is done.
json landed(json waiting) {
  for (const char* member : shown_as_values) waiting["pendingModifiedValues"][member] = nullptr;
  waiting["pendingMaintenanceActions"] = json::array();
  return waiting;
}

// While the work is under way the state says so: upgrading for another engine version.
std::string state_for(const json& waiting) {
  return waiting.contains("engineVersion") ? "upgrading" : "modifying";
}

// What becomes of the backups with the change; a patch of the secret. Those from before they are
// turned on are gone (documented).
json change_backups(Call& call, Resource& database, bool enabled, Millis end) {
  note(call, database, end, enabled ? "backups-enabled" : "backups-disabled");
  if (!enabled) {
    end_backups(database, end);
    return json::object();
  }
  begin_backups(database, end);
  return first_restorable(end);
}

// The changes land when the work that begins at `start` is done.
void land(Call& call, Resource& database, const json& waiting, Millis start) {
  const Lifecycle& lifecycle = call.store.lifecycle();
  const std::string state = state_for(waiting);
  const Millis end = start + lifecycle.final_outcome(database.type, database.name, state).after;
  json secret_patch = json::object();
  if (waiting.contains("backupRetentionEnabled")) {
    secret_patch = change_backups(call, database, waiting["backupRetentionEnabled"], end);
  }
  secret_patch["waiting"] = nullptr;
  call.store.change_later(database, end, landed(waiting), secret_patch);
}

}  // namespace

void plan_maintenance(Call& call, Resource& database, Millis from) {
  const json waiting = waiting_of(database);
  const Millis start = next_maintenance(database.doc.at("preferredMaintenanceWindow"), from);
  show(database.doc, waiting, start);
  if (waiting.empty()) return;
  const std::string state = state_for(waiting);
  call.store.change_later(database, start, {{"state", state}}, json::object());
  land(call, database, waiting, start);
  schedule_lifecycle_events(call, database, state, start);
}

void begin_maintenance(Call& call, Resource& database) {
  const json waiting = waiting_of(database);
  show(database.doc, waiting, call.now());
  if (waiting.empty()) return;
  database.doc["state"] = state_for(waiting);
  land(call, database, waiting, call.now());
}

void forget_plans(Call& call, Resource& database) {
  call.store.drop_changes(database);
  forget_coming_events(call, database);
  forget_coming_backups(call, database);
}

}  // namespace papersail
