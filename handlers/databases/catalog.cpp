// GetRelationalDatabaseBlueprints, GetRelationalDatabaseBundles.
#include "handlers/databases/catalog.hpp"

#include <algorithm>
#include <vector>

#include "fixtures/fixtures.hpp"
#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

const json& blueprints() {
  static const json file = parse_json(*fixture("db-blueprints.json"));
  return file;
}

const json& bundles() {
  static const json file = parse_json(*fixture("db-bundles.json"));
  return file;
}

const json& engines() {
  static const json file = parse_json(*fixture("db-engines.json"));
  return file;
}

// Returns null if no entry has this id.
const json* find(const json& entries, const char* key, const std::string& id) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const json& entry) { return entry.at(key) == id; });
  return found == entries.end() ? nullptr : &*found;
}

json get_relational_database_blueprints(Call& call) {
  return single_page(call, "blueprints", blueprints().at("blueprints"));
}

json get_relational_database_bundles(Call& call) {
  std::vector<json> list = bundles().at("bundles");
  if (call.flag("includeInactive")) {
    for (const json& bundle : bundles().at("inactive")) list.push_back(bundle);
  }
  return single_page(call, "bundles", std::move(list));
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseBlueprints", get_relational_database_blueprints},
    {"GetRelationalDatabaseBundles", get_relational_database_bundles},
};

}  // namespace

const json& database_blueprint(const std::string& id) {
  if (const json* found = find(blueprints().at("blueprints"), "blueprintId", id)) return *found;
  throw no_blueprint(id);
}

bool can_upgrade(const std::string& from, const std::string& to) {
  static const json none = json::array();
  const json& paths = blueprints().at("upgrades");
  const json& targets = paths.contains(from) ? paths.at(from) : none;
  return contains(targets, to);
}

const json& database_bundle(const std::string& id) {
  if (const json* found = find(bundles().at("bundles"), "bundleId", id)) return *found;
  if (const json* found = find(bundles().at("inactive"), "bundleId", id)) return *found;
  throw no_bundle(id);
}

const json& active_database_bundle(const std::string& id) {
  const json* found = find(bundles().at("bundles"), "bundleId", id);
  if (!found) throw no_bundle(id);
  return *found;
}

bool is_highly_available(const json& bundle) {
  return bundle.at("bundleId").get_ref<const std::string&>().find("_ha_") != std::string::npos;
}

const json& database_engine(const std::string& name) {
  return engines().at("engines").at(name);
}

const json& ca_certificate_identifiers() {
  return engines().at("caCertificateIdentifiers");
}

const std::span<const Action> relational_database_catalog_actions = actions;

}  // namespace papersail
