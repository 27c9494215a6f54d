// GetRegions, GetBlueprints, GetBundles.
#include "handlers/catalog.hpp"

#include <map>

#include "fixtures/fixtures.hpp"
#include "handlers/actions.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

json load(std::string_view name) {
  return parse_json(*fixture(name));
}

const json& regions() {
  static const json entries = load("regions.json").at("regions");
  return entries;
}

const json& blueprints() {
  static const json file = load("blueprints.json");
  return file;
}

const json& bundles() {
  static const json file = load("bundles.json");
  return file;
}

using Index = std::map<std::string, const json*, std::less<>>;

// Returns the entries of `lists` by their `key`.
Index index_of(std::initializer_list<const json*> lists, const char* key) {
  Index out;
  for (const json* list : lists) {
    for (const json& entry : *list) out.emplace(entry.at(key), &entry);
  }
  return out;
}

const json* entry(const Index& index, std::string_view id) {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : found->second;
}

const json* find_region(std::string_view name) {
  static const Index index = index_of({&regions()}, "name");
  return entry(index, name);
}

// Returns the entry without papersail's own keys.
json to_json(json entry) {
  for (auto member = entry.begin(); member != entry.end();) {
    member = member.key().starts_with('_') ? entry.erase(member) : std::next(member);
  }
  return entry;
}

// The catalogue has the ids of us-east-1, such as "nano_3_0". In other regions the last number
// differs (ap-southeast-2: "nano_3_2"), and some regions have half the transfer.
std::string with_minor(std::string bundle_id, const std::string& minor) {
  return bundle_id.replace(bundle_id.rfind('_') + 1, std::string::npos, minor);
}

std::string minor_of(const std::string& region) {
  const json& minors = bundles().at("regionMinorSuffix");
  return std::to_string(minors.value(region, minors.at("default").get<int>()));
}

json localised(json bundle, const std::string& region) {
  bundle["bundleId"] = with_minor(bundle.at("bundleId"), minor_of(region));
  const json& halved = bundles().at("halfTransferRegions");
  if (contains(halved, region)) {
    bundle["transferPerMonthInGb"] = bundle.at("transferPerMonthInGb").get<int>() / 2;
  }
  return bundle;
}

// Returns all bundles of the region by their ids.
const std::map<std::string, json>& bundles_of(const std::string& region) {
  static std::map<std::string, std::map<std::string, json>> known;
  const auto [entry, is_new] = known.try_emplace(region);
  if (is_new) {
    for (const char* list : {"bundles", "lfrBundles"}) {
      for (const json& one : bundles().at(list)) {
        json own = localised(to_json(one), region);
        entry->second.emplace(own.at("bundleId"), std::move(own));
      }
    }
  }
  return entry->second;
}

// Returns the entries of the requested category; inactive ones only with includeInactive.
std::vector<json> selected(Call& call, const json& file, const char* ordinary,
                           const char* research) {
  std::vector<json> out;
  for (const json& entry : file.at(call.text("appCategory") == "LfR" ? research : ordinary)) {
    if (entry.at("isActive") || call.flag("includeInactive")) out.push_back(to_json(entry));
  }
  return out;
}

// Both lists of zones are present, but empty unless requested.
json get_regions(Call& call) {
  json out = json::array();
  for (const json& entry : regions()) {
    json region = to_json(entry);
    if (!call.flag("includeAvailabilityZones")) region["availabilityZones"] = json::array();
    if (!call.flag("includeRelationalDatabaseAvailabilityZones")) {
      region["relationalDatabaseAvailabilityZones"] = json::array();
    }
    out.push_back(region);
  }
  return {{"regions", out}};
}

json get_blueprints(Call& call) {
  return single_page(call, "blueprints",
                     selected(call, blueprints(), "blueprints", "lfrBlueprints"));
}

json get_bundles(Call& call) {
  std::vector<json> list = selected(call, bundles(), "bundles", "lfrBundles");
  for (json& bundle : list) bundle = localised(std::move(bundle), call.region);
  return single_page(call, "bundles", std::move(list));
}

constexpr Action actions[] = {
    {"GetBlueprints", get_blueprints},
    {"GetBundles", get_bundles},
    {"GetRegions", get_regions},
};

}  // namespace

// Recorded for nano_2_0, which is inactive (trailofbits/algo#14437).
ApiError no_bundle(const std::string& id) {
  return not_found("The specified bundle does not exist in this region: " + id);
}

// The message follows that for a bundle.
ApiError no_blueprint(const std::string& id) {
  return not_found("The specified blueprint does not exist in this region: " + id);
}

bool is_region(std::string_view name) {
  return find_region(name) != nullptr;
}

const json& region_entry(const std::string& name) {
  const json* found = find_region(name);
  if (!found) throw std::out_of_range("no region " + name);
  return *found;
}

void require_zone(const std::string& region, const std::string& zone) {
  std::string names;
  for (const json& candidate : region_entry(region).at("availabilityZones")) {
    const std::string name = candidate.at("zoneName");
    if (name == zone) return;
    names += (names.empty() ? "" : ",") + name;
  }
  // Recorded (hashicorp/terraform-provider-aws#28869).
  throw invalid_input(
      "The given Availability Zone is invalid. It must be one of the following: " + names + ".");
}

const json& blueprint(const std::string& id) {
  static const Index index =
      index_of({&blueprints().at("blueprints"), &blueprints().at("lfrBlueprints")}, "blueprintId");
  const json* found = entry(index, id);
  if (!found) throw no_blueprint(id);
  return *found;
}

const json& active_blueprint(const std::string& id) {
  const json& found = blueprint(id);
  if (!found.at("isActive")) throw no_blueprint(id);
  return found;
}

const json& default_ports(const json& blueprint) {
  return blueprints().at("defaultPortSets").at(blueprint.at("_defaultPorts"));
}

std::vector<json> active_bundles(const std::string& region) {
  std::vector<json> out;
  for (const json& candidate : bundles().at("bundles")) {
    if (candidate.at("isActive")) out.push_back(localised(candidate, region));
  }
  return out;
}

const json& bundle(const std::string& region, const std::string& id) {
  const auto& bundles = bundles_of(region);
  const auto found = bundles.find(id);
  if (found == bundles.end()) throw no_bundle(id);
  return found->second;
}

const json& active_bundle(const std::string& region, const std::string& id) {
  const json& found = bundle(region, id);
  if (!found.at("isActive")) throw no_bundle(id);
  return found;
}

json single_page(Call& call, const char* member, std::vector<json> entries) {
  const std::string token = call.page_token();
  if (!token.empty()) last_key_of(member, token);
  return call.page_response(member, {std::move(entries), ""});
}

const std::span<const Action> catalog_actions = actions;

}  // namespace papersail
