// CreateInstancesFromSnapshot.
#include <algorithm>

#include "handlers/actions.hpp"
#include "handlers/auto_snapshots.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instance_creation.hpp"
#include "handlers/snapshots.hpp"

namespace papersail {
namespace {

json origin_to_use(Call& call) {
  if (names_auto_snapshot(call, "instanceSnapshotName", "sourceInstanceName")) {
    return auto_snapshot_origin(call, call.get("Instance", call.text("sourceInstanceName")));
  }
  return kept_origin(call.get("InstanceSnapshot", call.text("instanceSnapshotName")),
                     "create an instance from");
}

// A copy comes from another region, whose bundles have ids of their own.
std::string region_of(const std::string& arn) {  // "arn:aws:lightsail:us-east-1:…"
  const std::size_t begin = std::string("arn:aws:lightsail:").size();
  return arn.substr(begin, arn.find(':', begin) - begin);
}

// Documented: equal or greater in its specifications.
void require_large_enough(const Call& call, const json& origin) {
  const json wanted = bundle(call.region, call.in["bundleId"]);
  const std::string from = origin.at("fromBundleId");
  const json had = bundle(region_of(origin.at("fromInstanceArn")), from);
  for (const char* measure : {"cpuCount", "ramSizeInGb", "diskSizeInGb"}) {
    if (wanted.at(measure) >= had.at(measure)) continue;
    throw invalid_input("The bundle " + call.text("bundleId") +
                        " is smaller than the bundle of the snapshot, " + from +
                        ". You must use the same bundle or a larger one.");
  }
}

// Documented: the firewall is the blueprint's again, and tags are not inherited.
json create_instances_from_snapshot(Call& call) {
  const json origin = origin_to_use(call);
  require_large_enough(call, origin);
  std::vector<json> list;
  for (Resource& instance : new_instances(call, origin.at("fromBlueprintId"))) {
    list.push_back(call.started("CreateInstancesFromSnapshot", instance));
  }
  return operations(std::move(list));
}

constexpr Action actions[] = {{"CreateInstancesFromSnapshot", create_instances_from_snapshot}};

}  // namespace

const std::span<const Action> instances_from_snapshot_actions = actions;

}  // namespace papersail
