// CreateRelationalDatabase, GetRelationalDatabase, GetRelationalDatabases,
// DeleteRelationalDatabase.
#include "handlers/relational_databases.hpp"

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/relational_database_catalog.hpp"
#include "handlers/relational_database_names.hpp"
#include "handlers/relational_database_passwords.hpp"
#include "handlers/relational_database_windows.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr const char* database_type = "RelationalDatabase";
constexpr std::size_t most_databases = 40;  // in a region

// The instances' recorded refusal, with another noun.
void require_quota(Call& call) {
  if (call.store.list(call.region, database_type, "").elements.size() >= most_databases) {
    throw invalid_input("Sorry, you've reached your maximum limit of Lightsail Databases : " +
                        std::to_string(most_databases) + ".");
  }
}

struct Zones {
  std::string primary;
  std::string secondary;  // empty: none
};

Zones drawn_zones(Call& call, bool highly_available) {
  const json& zones = region_entry(call.region).at("relationalDatabaseAvailabilityZones");
  const auto name = [&](std::size_t i) { return zones.at(i % zones.size()).at("zoneName"); };
  const std::size_t first = call.ids().next() % zones.size();
  if (!highly_available) return {name(first), ""};
  return {name(first), name(first + 1 + call.ids().next() % (zones.size() - 1))};
}

Zones zones_of(Call& call, const json& bundle) {
  const bool highly_available = is_highly_available(bundle);
  if (!call.in.contains("availabilityZone")) return drawn_zones(call, highly_available);
  if (highly_available) {
    // Refused by the service (hashicorp/terraform-provider-aws#28590); the words are those of RDS.
    throw invalid_input(
        "Requesting a specific availability zone is not valid for Multi-AZ instances.");
  }
  require_zone(call.region, call.text("availabilityZone"));
  return {call.text("availabilityZone"), ""};
}

json hardware_of(const json& bundle) {
  return {{"cpuCount", bundle.at("cpuCount")},
          {"diskSizeInGb", bundle.at("diskSizeInGb")},
          {"ramSizeInGb", bundle.at("ramSizeInGb")}};
}

// "ls-<token>.cfo6qsguqdy1.ca-central-1.rds.amazonaws.com": the second part is the account's own
// in the region.
json endpoint_of(Call& call, const std::string& native_id, const json& engine) {
  const std::string part = call.ids().constant_characters(
      "rds " + call.region, "abcdefghijklmnopqrstuvwxyz0123456789", 12);
  return {{"address", native_id + "." + part + "." + call.region + ".rds.amazonaws.com"},
          {"port", engine.at("port")}};
}

std::string first_password(Call& call, const std::string& engine) {
  if (!call.in.contains("masterUserPassword")) return new_password(call.ids());
  require_password(engine, call.in["masterUserPassword"]);
  return call.in["masterUserPassword"];
}

// The settings of a new database, which it keeps through its states.
json settings_of(Call& call, const json& blueprint, const json& bundle) {
  return {
      {"relationalDatabaseBlueprintId", blueprint.at("blueprintId")},
      {"relationalDatabaseBundleId", bundle.at("bundleId")},
      {"masterDatabaseName", call.in["masterDatabaseName"]},
      {"masterUsername", call.in["masterUsername"]},
      {"hardware", hardware_of(bundle)},
      {"engine", blueprint.at("engine")},
      {"engineVersion", blueprint.at("engineVersion")},
      {"backupRetentionEnabled", true},  // cannot be chosen here
      {"pendingModifiedValues", json::object()},
      {"pendingMaintenanceActions", json::array()},
      {"parameterApplyStatus", "in-sync"},
      {"publiclyAccessible", call.flag("publiclyAccessible")},
      {"caCertificateIdentifier", ca_certificate_identifiers().front()},
      {"state", "creating"},
  };
}

json create_relational_database(Call& call) {
  const std::string name = call.in["relationalDatabaseName"];
  require_database_name(name);
  require_quota(call);
  const json& blueprint = database_blueprint(call.in["relationalDatabaseBlueprintId"]);
  const json& bundle = database_bundle(call.in["relationalDatabaseBundleId"]);
  const std::string engine = blueprint.at("engine");
  require_master_names(engine, call.in);
  const Zones zones = zones_of(call, bundle);
  const std::string native_id = "ls-" + call.ids().hex(40);
  Resource database = call.new_resource(database_type, name, zones.primary, native_id);
  database.doc.update(settings_of(call, blueprint, bundle));
  if (!zones.secondary.empty()) database.doc["secondaryAvailabilityZone"] = zones.secondary;
  database.doc["masterEndpoint"] = endpoint_of(call, native_id, database_engine(engine));
  set_windows(call, database.doc);
  set_first_password(database, first_password(call, engine), call.now);
  call.create(database);
  return operations({call.started("CreateRelationalDatabase", database)});
}

// Until it is available for the first time a database has no endpoint, and nothing to restore.
bool is_new(const Call& call, const json& database) {
  const Millis available =
      moment_of(database.at("createdAt")) +
      call.store.lifecycle()
          .rest(database_type, database.at("name").get<std::string>(), "creating")
          .after;
  return database.at("state") != "available" && call.now < available;
}

// A document with what comes from the clock.
json shown(const Call& call, json database) {
  if (is_new(call, database)) {
    database.erase("masterEndpoint");
  } else if (database.at("backupRetentionEnabled")) {
    database["latestRestorableTime"] = timestamp(call.now - call.now % minutes(5));
  }
  return database;
}

json get_relational_database(Call& call) {
  return {{"relationalDatabase", shown(call, relational_database(call).doc)}};
}

json get_relational_databases(Call& call) {
  json out = call.show_list(database_type, "relationalDatabases");
  for (json& database : out["relationalDatabases"]) database = shown(call, parsed(database));
  return out;
}

// The name for a final snapshot: as asked for, else made up, as recorded, although the model says
// that there must be one. Empty if there is to be no snapshot.
std::string final_snapshot_name(const Call& call, const std::string& database) {
  const bool named = call.in.contains("finalRelationalDatabaseSnapshotName");
  if (call.flag("skipFinalSnapshot")) {
    if (!named) return "";
    throw invalid_input(
        "You can't skip the final snapshot and give it a name: choose either skipFinalSnapshot or "
        "finalRelationalDatabaseSnapshotName.");
  }
  if (!named) return database + "-FinalSnapshot-" + std::to_string(call.now);
  const std::string name = call.text("finalRelationalDatabaseSnapshotName");
  require_database_name(name);
  return name;
}

Resource new_snapshot(Call& call, const Resource& database, const std::string& name) {
  Resource snapshot =
      call.new_resource("RelationalDatabaseSnapshot", name, "all", "ls-" + call.ids().hex(40));
  const json& from = database.doc;
  snapshot.doc.update({
      {"engine", from.at("engine")},
      {"engineVersion", from.at("engineVersion")},
      {"sizeInGb", from.at("hardware").at("diskSizeInGb")},
      {"state", "creating"},
      {"fromRelationalDatabaseName", database.name},
      {"fromRelationalDatabaseArn", from.at("arn")},
      {"fromRelationalDatabaseBundleId", from.at("relationalDatabaseBundleId")},
      {"fromRelationalDatabaseBlueprintId", from.at("relationalDatabaseBlueprintId")},
  });
  return snapshot;
}

// Without a final snapshot a database can go in any state, as with RDS.
void require_deletable(const Resource& database, bool with_snapshot) {
  if (with_snapshot) {
    require_available(database, "take a final snapshot of");
  } else if (status_of(database) == "deleting") {
    throw operation_failure(
        "You can't delete this database right now. The state of this database "
        "is: deleting");
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
    constexpr const char* type = "CreateRelationalDatabaseSnapshot";
    Resource snapshot = new_snapshot(call, database, snapshot_name);
    call.create(snapshot);
    out.push_back(call.started(type, database, snapshot.name));
    out.push_back(call.started(type, snapshot, database.name));
  }
  return operations(std::move(out));
}

constexpr Action actions[] = {
    {"CreateRelationalDatabase", create_relational_database},
    {"DeleteRelationalDatabase", delete_relational_database},
    {"GetRelationalDatabase", get_relational_database},
    {"GetRelationalDatabases", get_relational_databases},
};

}  // namespace

Resource relational_database(Call& call) {
  return call.get(database_type, call.in["relationalDatabaseName"]);
}

void require_available(const Resource& database, const char* action) {
  const std::string state = status_of(database);
  if (state == "available") return;
  // In the manner of the recorded refusals for disks.
  throw operation_failure(std::string("You can only ") + action +
                          " the database when it is available. The current state of your database "
                          "is: " +
                          state);
}

const std::span<const Action> relational_database_actions = actions;

}  // namespace papersail
