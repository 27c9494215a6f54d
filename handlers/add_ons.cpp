#include "handlers/add_ons.hpp"

#include <algorithm>

#include "handlers/catalog.hpp"

namespace papersail {
namespace {

json auto_snapshot(const Call& call, const json& request, const json& blueprint) {
  if (blueprint.at("platform") == "WINDOWS") {
    throw invalid_input("Automatic snapshots are not supported for Windows instances.");
  }
  const json options = request.value("autoSnapshotAddOnRequest", json::object());
  const std::string time =
      options.value("snapshotTimeOfDay", region_entry(call.region).at("_autoSnapshotTime"));
  if (!time.ends_with(":00")) {  // documented: hourly steps only
    throw invalid_input("The snapshot time of day must be on the hour: " + time);
  }
  return {{"name", "AutoSnapshot"},
          {"status", "Enabled"},
          {"snapshotTimeOfDay", time},
          {"nextSnapshotTimeOfDay", time}};
}

json stop_on_idle(const json& request, const json& blueprint) {
  if (blueprint.value("appCategory", "") != "LfR") {
    throw invalid_input("StopInstanceOnIdle is for Lightsail for Research instances only.");
  }
  const json options = request.value("stopInstanceOnIdleRequest", json::object());
  return {{"name", "StopInstanceOnIdle"},
          {"status", "Enabled"},
          {"threshold", options.value("threshold", "5")},
          {"duration", options.value("duration", "15")}};
}

// A disabled add-on stays listed.
bool has_active_add_on(const json& doc) {
  const json add_ons = doc.value("addOns", json::array());
  return std::any_of(add_ons.begin(), add_ons.end(),
                     [](const json& add_on) { return add_on.at("status") != "Disabled"; });
}

}  // namespace

json new_add_on(const Call& call, const json& request, const json& blueprint) {
  return request.at("addOnType") == "AutoSnapshot" ? auto_snapshot(call, request, blueprint)
                                                   : stop_on_idle(request, blueprint);
}

void require_add_ons_deletable(const Call& call, const Resource& resource) {
  if (!has_active_add_on(resource.doc) || call.flag("forceDeleteAddOns")) return;
  // Recorded for instances (hashicorp/terraform-provider-aws#20650).
  throw invalid_input("You cannot delete the " + resource.type + " " + resource.name +
                      " with addons. Specify the forceDeleteAddons parameter to delete the " +
                      resource.type + " and its associated addons.");
}

}  // namespace papersail
