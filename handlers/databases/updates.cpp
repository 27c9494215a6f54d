// UpdateRelationalDatabase: some changes are immediate, others wait for the maintenance window.
#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/catalog.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/maintenance.hpp"
#include "handlers/databases/passwords.hpp"
#include "handlers/databases/windows.hpp"
#include "handlers/refusals.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

void update_password(Call& call, Resource& database) {
  require_at_most_one(call, "masterUserPassword", "rotateMasterUserPassword");
  if (call.in.contains("masterUserPassword")) {
    const std::string password = call.in["masterUserPassword"];
    require_password(database.doc.at("engine"), password);
    change_password(call, database, password);
  } else if (call.flag("rotateMasterUserPassword")) {
    change_password(call, database, new_password(call.ids()));
  }
}

// A new backup window applies from now on.
void update_windows(Call& call, Resource& database) {
  const json before = database.doc.at("preferredBackupWindow");
  set_windows(call, database.doc);
  if (database.doc.at("preferredBackupWindow") == before) return;
  if (!database.doc.at("backupRetentionEnabled").get<bool>()) return;
  end_backups(database, call.now());
  begin_backups(database, call.now());
}

void update_at_once(Call& call, Resource& database) {
  update_password(call, database);
  update_windows(call, database);
  json& accessible = database.doc["publiclyAccessible"];
  accessible = call.in.value("publiclyAccessible", accessible.get<bool>());
}

// Returns the upgrade to a later version of the same engine as a patch. The present blueprint
// changes nothing, but replaces a pending upgrade.
json upgrade(const Document& database, const std::string& id) {
  const json& present = database.at("relationalDatabaseBlueprintId");
  json out = {{"relationalDatabaseBlueprintId", id},
              {"engineVersion", database.at("engineVersion")}};
  if (present == id) return out;
  const json& target = database_blueprint(id);
  if (!can_upgrade(present, id)) {
    throw invalid_input(
        "You can only upgrade the database to a later version of " +
        database.at("engine").get<std::string>() +
        ". The current blueprint of your database is: " + present.get<std::string>());
  }
  out["engineVersion"] = target.at("engineVersion");
  return out;
}

std::string ca_certificate(const std::string& id) {
  const json& identifiers = ca_certificate_identifiers();
  if (!contains(identifiers, id)) {
    throw invalid_input("The caCertificateIdentifier is not valid: " + id);
  }
  return id;
}

// Returns the requested changes that could interrupt the database, as a patch of its document.
json interrupting_changes(const Call& call, const Document& database) {
  require_at_most_one(call, "enableBackupRetention", "disableBackupRetention");
  json out = json::object();
  if (call.flag("enableBackupRetention")) out["backupRetentionEnabled"] = true;
  if (call.flag("disableBackupRetention")) out["backupRetentionEnabled"] = false;
  if (call.in.contains("caCertificateIdentifier")) {
    out["caCertificateIdentifier"] = ca_certificate(call.in["caCertificateIdentifier"]);
  }
  if (call.in.contains("relationalDatabaseBlueprintId")) {
    out.update(upgrade(database, call.in["relationalDatabaseBlueprintId"]));
  }
  return out;
}

// Returns internal["waiting"], the patch for the next maintenance, with the changes of the input. A
// later update replaces an earlier one. Values that the database already has are omitted.
json waiting_changes(const Call& call, const Resource& database) {
  json out = database.internal.value("waiting", json::object());
  out.update(interrupting_changes(call, database.doc));
  for (auto change = out.begin(); change != out.end();) {
    change = database.doc.at(change.key()) == *change ? out.erase(change) : std::next(change);
  }
  return out;
}

// applyImmediately applies all pending changes, as in RDS; other updates schedule them again,
// because the window may have changed. Recorded: databases are "modifying" after an update. An
// update without an immediate change completes at once.
json update_relational_database(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "update", "available");
  forget_plans(call, database);
  const Document before = database.doc;
  update_at_once(call, database);
  if (database.doc != before) database.doc["state"] = "modifying";
  database.internal["waiting"] = waiting_changes(call, database);
  if (call.flag("applyImmediately")) {
    begin_maintenance(call, database);
  } else {
    plan_maintenance(call, database, call.now());
  }
  const std::string state = status_of(database);
  if (state != "available") schedule_lifecycle_events(call, database, state, call.now());
  call.put(database);
  return operations({call.started(database, "")});
}

constexpr Action actions[] = {
    {"UpdateRelationalDatabase", update_relational_database},
};

}  // namespace

const std::span<const Action> relational_database_update_actions = actions;

}  // namespace papersail
