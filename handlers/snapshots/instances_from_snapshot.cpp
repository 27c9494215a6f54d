// CreateInstancesFromSnapshot.
#include <algorithm>
#include <set>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/disks/attachment.hpp"
#include "handlers/disks/disks.hpp"
#include "handlers/instances/creation.hpp"
#include "handlers/refusals.hpp"
#include "handlers/snapshots/auto_snapshots.hpp"
#include "handlers/snapshots/snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json origin_to_use(Call& call) {
  if (uses_auto_snapshot(call, "instanceSnapshotName", "sourceInstanceName")) {
    return auto_snapshot_origin(call, call.get(type::instance, call.text("sourceInstanceName")));
  }
  return stored_origin(instance_snapshot_of(call), "create an instance from");
}

// A copied snapshot comes from another region, whose bundles have other ids.
std::string region_of(const std::string& arn) {  // "arn:aws:lightsail:us-east-1:…"
  const std::size_t begin = std::string("arn:aws:lightsail:").size();
  return arn.substr(begin, arn.find(':', begin) - begin);
}

// True if the bundles differ only in the last number, which depends on the region.
bool same_bundle(const std::string& id, const std::string& other) {
  return id.substr(0, id.rfind('_')) == other.substr(0, other.rfind('_'));
}

// Returns the requested bundle. An inactive one is still valid for a snapshot of an instance that
// had it. Documented: the bundle's specifications must be equal or greater.
const json& bundle_for(const Call& call, const json& origin) {
  const std::string from = origin.at("fromBundleId"), id = call.in["bundleId"];
  const json& wanted =
      same_bundle(id, from) ? bundle(call.region, id) : active_bundle(call.region, id);
  const json& had = bundle(region_of(origin.at("fromInstanceArn")), from);
  for (const char* measure : {"cpuCount", "ramSizeInGb", "diskSizeInGb"}) {
    if (wanted.at(measure) >= had.at(measure)) continue;
    throw invalid_input("The bundle " + id + " is smaller than the bundle of the snapshot, " +
                        from + ". You must use the same bundle or a larger one.");
  }
  return wanted;
}

const json& disk_mapping(const Call& call) {
  static const json none = json::object();
  const auto found = call.in.find("attachedDiskMapping");
  return found == call.in.end() ? none : *found;
}

// Returns the name in attachedDiskMapping of the new disk at this path of this instance, or "" if
// there is none. The map is from names of instances to lists of {originalDiskPath, newDiskName}.
std::string mapped_name(const Call& call, const std::string& instance, const std::string& path) {
  for (const json& map : disk_mapping(call).value(instance, json::array())) {
    if (map.value("originalDiskPath", "") == path) return map.value("newDiskName", "");
  }
  return "";
}

// Refuses mappings for instances that the call does not create, for paths without a disk, and two
// for the same path.
void require_known(const Call& call, const json& origin) {
  const auto has_path = [&](const std::string& path) {
    const json& disks = origin.at("fromAttachedDisks");
    return std::any_of(disks.begin(), disks.end(),
                       [&](const json& disk) { return disk.at("path") == path; });
  };
  const json& mapping = disk_mapping(call);
  const std::set<std::string> names = call.in["instanceNames"];
  for (auto entry = mapping.begin(); entry != mapping.end(); ++entry) {
    if (!names.contains(entry.key())) {
      throw invalid_input("The disk mapping is for an instance that is not created: " +
                          entry.key());
    }
    std::vector<std::string> paths;
    for (const json& map : entry.value()) {
      paths.push_back(map.value("originalDiskPath", ""));
      if (has_path(paths.back())) continue;
      throw invalid_input("The snapshot has no disk at the path \"" + paths.back() + "\".");
    }
    require_distinct("disk path", paths);
  }
}

// Creates the snapshot's disks anew and attaches them at their original paths. A disk without a
// mapped name is named after the instance and the original disk; the form is papersail's own.
void attach_disks(Call& call, Resource& instance, const json& origin) {
  const json& disks = origin.at("fromAttachedDisks");
  if (disks.empty()) return;
  for (const json& old : disks) {
    const std::string path = old.at("path");
    std::string name = mapped_name(call, instance.name, path);
    if (name.empty()) name = instance.name + "-" + old.at("name").get<std::string>();
    Resource disk = new_disk(call, name, call.in["availabilityZone"], old.at("sizeInGb"));
    disk.doc["tags"] = json::array();  // the call's tags are for the instances
    begin_attachment(disk, instance, path);
    call.create(disk);
  }
  call.put(instance);
}

// Documented: the firewall has the blueprint's default rules, and tags are not inherited.
json create_instances_from_snapshot(Call& call) {
  const json origin = origin_to_use(call);
  const json& bundle = bundle_for(call, origin);
  require_known(call, origin);
  require_valid_creation(call);
  const json& blueprint = papersail::blueprint(origin.at("fromBlueprintId"));
  std::vector<json> list;
  for (Resource& instance : new_instances(call, blueprint, bundle)) {
    attach_disks(call, instance, origin);
    list.push_back(call.started(instance));
  }
  return operations(std::move(list));
}

constexpr Action actions[] = {{"CreateInstancesFromSnapshot", create_instances_from_snapshot}};

}  // namespace

const std::span<const Action> instances_from_snapshot_actions = actions;

}  // namespace papersail
