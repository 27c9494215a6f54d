// CreateRelationalDatabase.
#include "handlers/databases/creation.hpp"

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/catalog.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/names.hpp"
#include "handlers/databases/passwords.hpp"
#include "handlers/databases/windows.hpp"
#include "handlers/quotas.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

struct Zones {
  std::string primary;
  std::string secondary;  // empty: none
};

Zones random_zones(Call& call, bool highly_available) {
  const json& zones = region_entry(call.region).at("relationalDatabaseAvailabilityZones");
  const auto name = [&](std::size_t i) { return zones.at(i % zones.size()).at("zoneName"); };
  const std::size_t first = call.ids().next() % zones.size();
  if (!highly_available) return {name(first), ""};
  return {name(first), name(first + 1 + call.ids().next() % (zones.size() - 1))};
}

Zones zones_of(Call& call, const json& bundle) {
  const bool highly_available = is_highly_available(bundle);
  if (!call.in.contains("availabilityZone")) return random_zones(call, highly_available);
  if (highly_available) {
    // The service refuses this (hashicorp/terraform-provider-aws#28590); the message is that of
    // RDS.
    throw invalid_input(
        "Requesting a specific availability zone is not valid for Multi-AZ instances.");
  }
  require_zone(call.region, call.text("availabilityZone"));
  return {call.text("availabilityZone"), ""};
}

Document hardware_of(const json& bundle) {
  Document out;
  out.set("cpuCount", bundle.at("cpuCount"));
  out.set("diskSizeInGb", bundle.at("diskSizeInGb"));
  out.set("ramSizeInGb", bundle.at("ramSizeInGb"));
  return out;
}

// "ls-<token>.cfo6qsguqdy1.ca-central-1.rds.amazonaws.com": the second part identifies the account
// in the region.
Document endpoint_of(Call& call, const std::string& native_id, const json& engine) {
  const std::string part = call.ids().constant_characters(
      "rds " + call.region, "abcdefghijklmnopqrstuvwxyz0123456789", 12);
  Document out;
  out.set("address", native_id + "." + part + "." + call.region + ".rds.amazonaws.com");
  out.set("port", engine.at("port"));
  return out;
}

std::string first_password(Call& call, const std::string& engine) {
  if (!call.in.contains("masterUserPassword")) return new_password(call.ids());
  require_password(engine, call.in["masterUserPassword"]);
  return call.in["masterUserPassword"];
}

// Sets what is the same for every new database.
void set_first_settings(const Call& call, const json& bundle, Document& doc) {
  doc.set("relationalDatabaseBundleId", bundle.at("bundleId"));
  doc.set("hardware", hardware_of(bundle));
  doc.set("backupRetentionEnabled", true);  // CreateRelationalDatabase has no member for it
  doc.set("pendingModifiedValues", json::object());
  doc.set("pendingMaintenanceActions", json::array());
  doc.set("parameterApplyStatus", "in-sync");
  doc.set("publiclyAccessible", call.flag("publiclyAccessible"));
  doc.set("caCertificateIdentifier", ca_certificate_identifiers().front());
  doc.set("state", "creating");
}

// The first backup is made as soon as the data is ready; restores are possible from then on.
void start_event_log(Call& call, Resource& database, const DatabaseOrigin& origin) {
  const Transition* row = call.store.lifecycle().next(database.type, database.name, "creating");
  const Millis made = call.now() + (row ? row->after : 0);
  if (!origin.event.empty()) note(call, database, made, origin.event, origin.with);
  schedule_lifecycle_events(call, database, "creating", call.now());
  begin_backups(database, made);
  database.internal.merge_patch(first_restorable(made));
}

json create_relational_database(Call& call) {
  const json& blueprint = database_blueprint(call.in["relationalDatabaseBlueprintId"]);
  const json& bundle = active_database_bundle(call.in["relationalDatabaseBundleId"]);
  const std::string engine = blueprint.at("engine");
  require_master_names(engine, call.in);
  const json settings = {{"relationalDatabaseBlueprintId", blueprint.at("blueprintId")},
                         {"engine", engine},
                         {"engineVersion", blueprint.at("engineVersion")},
                         {"masterDatabaseName", call.in["masterDatabaseName"]},
                         {"masterUsername", call.in["masterUsername"]}};
  const Resource database =
      create_database(call, {settings, first_password(call, engine), "", nullptr}, bundle);
  return operations({call.started(database)});
}

constexpr Action actions[] = {
    {"CreateRelationalDatabase", create_relational_database},
};

}  // namespace

Resource create_database(Call& call, const DatabaseOrigin& origin, const json& bundle) {
  const std::string name = call.in["relationalDatabaseName"];
  require_database_name(name);
  require_quota_for_new(call, type::relational_database);
  const Zones zones = zones_of(call, bundle);
  const std::string native_id = "ls-" + call.ids().hex(40);
  Resource database = call.new_resource(type::relational_database, name, zones.primary, native_id);
  database.doc.update(origin.settings);
  set_first_settings(call, bundle, database.doc);
  if (!zones.secondary.empty()) database.doc.set("secondaryAvailabilityZone", zones.secondary);
  const json& engine = database_engine(origin.settings.at("engine"));
  database.doc.set("masterEndpoint", endpoint_of(call, native_id, engine));
  set_windows(call, database.doc);
  set_first_password(database, origin.password, call.now());
  start_event_log(call, database, origin);
  call.create(database);
  return database;
}

const std::span<const Action> relational_database_creation_actions = actions;

}  // namespace papersail
