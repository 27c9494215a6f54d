// CreateDiskSnapshot, CreateDiskFromSnapshot, GetDiskSnapshot, GetDiskSnapshots,
// DeleteDiskSnapshot.
#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/disks/disks.hpp"
#include "handlers/refusals.hpp"
#include "handlers/snapshots/auto_snapshots.hpp"
#include "handlers/snapshots/snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

// The source is a disk or an instance's system disk.
json create_disk_snapshot(Call& call) {
  const std::string disk_name = call.text("diskName");
  const std::string instance_name = call.text("instanceName");
  require_exactly_one(call, "diskName", "instanceName");
  const Resource source =
      disk_name.empty() ? call.get(type::instance, instance_name) : call.get(type::disk, disk_name);
  return take_snapshot(
      call, source, type::disk_snapshot, call.in["diskSnapshotName"],
      disk_name.empty() ? system_disk_origin(source) : origin_of(call, source, call.now()));
}

json origin_to_use(Call& call) {
  if (uses_auto_snapshot(call, "diskSnapshotName", "sourceDiskName")) {
    return auto_snapshot_origin(call, call.get(type::disk, call.text("sourceDiskName")));
  }
  return stored_origin(disk_snapshot_of(call), "create a disk from");
}

// The new disk can be larger than the source of the snapshot.
json create_disk_from_snapshot(Call& call) {
  const json origin = origin_to_use(call);
  const int size_in_gb = call.in["sizeInGb"];
  if (size_in_gb < origin.at("sizeInGb")) {
    throw invalid_input("The size of the disk must be at least the size of the snapshot, " +
                        origin.at("sizeInGb").dump() + " GB.");
  }
  Resource disk = new_disk(call, call.in["diskName"], call.in["availabilityZone"], size_in_gb);
  add_requested_add_ons(call, disk);
  call.create(disk);
  return operations({call.started(disk)});
}

json get_disk_snapshot(Call& call) {
  return {{"diskSnapshot", call.show(type::disk_snapshot, call.in["diskSnapshotName"])}};
}

json get_disk_snapshots(Call& call) {
  return call.show_list(type::disk_snapshot, "diskSnapshots");
}

json delete_disk_snapshot(Call& call) {
  return delete_snapshot(call, disk_snapshot_of(call));
}

constexpr Action actions[] = {
    {"CreateDiskFromSnapshot", create_disk_from_snapshot},
    {"CreateDiskSnapshot", create_disk_snapshot},
    {"DeleteDiskSnapshot", delete_disk_snapshot},
    {"GetDiskSnapshot", get_disk_snapshot},
    {"GetDiskSnapshots", get_disk_snapshots},
};

}  // namespace

const std::span<const Action> disk_snapshot_actions = actions;

}  // namespace papersail
