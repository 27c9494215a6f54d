// EnableAddOn, DisableAddOn.
#include "handlers/add_ons/add_ons.hpp"

#include <algorithm>

#include "handlers/actions.hpp"
#include "handlers/add_ons/auto_schedule.hpp"
#include "handlers/catalog.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json auto_snapshot(const Call& call, const json& request, const json& blueprint,
                   const json& before) {
  if (blueprint.value("platform", "") == "WINDOWS") {
    throw invalid_input("Automatic snapshots are not supported for Windows instances.");
  }
  const json options = request.value("autoSnapshotAddOnRequest", json::object());
  const std::string usual =
      before.value("snapshotTimeOfDay", region_entry(call.region).at("_autoSnapshotTime"));
  const std::string time = options.value("snapshotTimeOfDay", usual);
  if (!time.ends_with(":00")) {  // documented: hourly steps only
    throw invalid_input("The snapshot time of day must be on the hour: " + time);
  }
  return {{"name", "AutoSnapshot"},
          {"status", "Enabled"},
          {"snapshotTimeOfDay", time},
          {"nextSnapshotTimeOfDay", time}};
}

json stop_on_idle(const json& request, const json& blueprint, const json& before) {
  if (blueprint.value("appCategory", "") != "LfR") {
    throw invalid_input("StopInstanceOnIdle is for Lightsail for Research instances only.");
  }
  const json options = request.value("stopInstanceOnIdleRequest", json::object());
  return {{"name", "StopInstanceOnIdle"},
          {"status", "Enabled"},
          {"threshold", options.value("threshold", before.value("threshold", "5"))},
          {"duration", options.value("duration", before.value("duration", "15"))}};
}

// Returns the entry of `addOns` for a request ({"addOnType", ...}). Settings that the request omits
// are taken from `before`, the existing entry. Throws invalid_input if the resource does not
// support the add-on.
json new_add_on(const Call& call, const json& request, const json& blueprint,
                const json& before = json::object()) {
  return request.at("addOnType") == "AutoSnapshot" ? auto_snapshot(call, request, blueprint, before)
                                                   : stop_on_idle(request, blueprint, before);
}

json blueprint_of(const Resource& resource) {
  return resource.type == type::instance ? blueprint(resource.doc.at("blueprintId"))
                                         : json::object();
}

// Returns the entry of this type, or null if the add-on was never enabled.
json* find_add_on(json& add_ons, const std::string& type) {
  const auto found = std::find_if(add_ons.begin(), add_ons.end(),
                                  [&](const json& add_on) { return add_on.at("name") == type; });
  return found == add_ons.end() ? nullptr : &*found;
}

// Ignores the next snapshot time, which follows from the other settings.
bool same_settings(json one, json other) {
  one.erase("nextSnapshotTimeOfDay");
  other.erase("nextSnapshotTimeOfDay");
  return one == other;
}

ApiError already_in_state() {
  return invalid_input("The addOn is already in requested state");
}

void show_next_snapshot(json& add_ons, const std::string& time) {
  json* add_on = find_add_on(add_ons, "AutoSnapshot");
  if (add_on && add_on->at("status") == "Enabled") (*add_on)["nextSnapshotTimeOfDay"] = time;
}

// If a new hour begins tomorrow, it is shown as the next one after today's snapshot; this schedules
// that change. Its change of the document overwrites a change that an earlier call scheduled.
void store_add_ons(Call& call, Resource& resource) {
  json later = resource.doc.at("addOns");
  Millis later_at = resource.internal.value("nextSnapshotShownAt", Millis(0));
  if (const auto next = next_auto_snapshot(resource, call.now())) {
    if (next->time != next->later_time) later_at = next->at;
    show_next_snapshot(resource.doc["addOns"], next->time);
    show_next_snapshot(later, next->later_time);
  }
  if (later_at > call.now()) {
    resource.internal["nextSnapshotShownAt"] = later_at;
    call.store.schedule().add_change(resource, later_at, {{"addOns", later}}, json::object());
  }
  call.put(resource);
}

// The status and the operation are final at once: the service's durations were never recorded.
json enable_add_on(Call& call) {
  Resource resource = instance_or_disk(call, call.region, call.in["resourceName"]);
  json& add_ons = resource.doc["addOns"];
  if (add_ons.is_null()) add_ons = json::array();
  const json& request = call.in["addOnRequest"];
  const std::string type = request.at("addOnType");
  json* present = find_add_on(add_ons, type);
  const json wanted =
      new_add_on(call, request, blueprint_of(resource), present ? *present : json::object());
  if (present && same_settings(*present, wanted)) throw already_in_state();
  if (type == "AutoSnapshot") {
    start_auto_snapshots(resource, wanted.at("snapshotTimeOfDay"), call.now());
  }
  (present ? *present : add_ons.emplace_back()) = wanted;
  store_add_ons(call, resource);
  return operations({call.started(resource)});
}

// The entry is kept with status Disabled (hashicorp/terraform-provider-aws, its tests of add-ons).
json disable_add_on(Call& call) {
  Resource resource = instance_or_disk(call, call.region, call.in["resourceName"]);
  const std::string type = call.in["addOnType"];
  json* add_on =
      resource.doc.contains("addOns") ? find_add_on(resource.doc["addOns"], type) : nullptr;
  if (!add_on) throw invalid_input(type + " not enabled for the resource");
  if (add_on->at("status") == "Disabled") throw already_in_state();
  if (type == "AutoSnapshot") stop_auto_snapshots(resource, call.now());
  (*add_on)["status"] = "Disabled";
  add_on->erase("nextSnapshotTimeOfDay");
  store_add_ons(call, resource);
  return operations({call.started(resource)});
}

constexpr Action actions[] = {
    {"DisableAddOn", disable_add_on},
    {"EnableAddOn", enable_add_on},
};

// A disabled add-on is still in the list.
bool has_active_add_on(const Document& doc) {
  const json add_ons = doc.value("addOns", json::array());
  return std::any_of(add_ons.begin(), add_ons.end(),
                     [](const json& add_on) { return add_on.at("status") != "Disabled"; });
}

}  // namespace

Resource instance_or_disk(Call& call, const std::string& region, const std::string& name) {
  auto found = call.store.find(region, name);
  if (!found) throw not_found("Resource", name);
  if (found->type != type::instance && found->type != type::disk) {
    throw invalid_input("The resource type, " + found->type +
                        ", has neither add-ons nor automatic snapshots.");
  }
  return *std::move(found);
}

void add_requested_add_ons(const Call& call, Resource& resource, const json& blueprint) {
  json add_ons = json::array();
  for (const json& request : call.in.value("addOns", json::array())) {
    json add_on = new_add_on(call, request, blueprint);
    if (find_add_on(add_ons, add_on.at("name"))) {
      throw invalid_input("The add-on " + add_on.at("name").get<std::string>() +
                          " is given twice.");
    }
    add_ons.push_back(std::move(add_on));
  }
  if (!add_ons.empty()) resource.doc.set("addOns", add_ons);
}

void require_add_ons_deletable(const Call& call, const Resource& resource) {
  if (!has_active_add_on(resource.doc) || call.flag("forceDeleteAddOns")) return;
  // Recorded for instances (hashicorp/terraform-provider-aws#20650).
  throw invalid_input("You cannot delete the " + resource.type + " " + resource.name +
                      " with addons. Specify the forceDeleteAddons parameter to delete the " +
                      resource.type + " and its associated addons.");
}

const std::span<const Action> add_on_actions = actions;

}  // namespace papersail
