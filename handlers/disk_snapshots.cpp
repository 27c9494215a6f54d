// CreateDiskSnapshot, GetDiskSnapshot, GetDiskSnapshots, DeleteDiskSnapshot.
#include "handlers/actions.hpp"
#include "handlers/snapshots.hpp"

namespace papersail {
namespace {

// Of a disk, or of an instance's system disk.
json create_disk_snapshot(Call& call) {
  const std::string disk_name = call.text("diskName");
  const std::string instance_name = call.text("instanceName");
  if (disk_name.empty() == instance_name.empty()) {
    throw invalid_input("Specify either diskName or instanceName.");
  }
  const Resource source =
      disk_name.empty() ? call.get("Instance", instance_name) : call.get("Disk", disk_name);
  return take_snapshot(call, "CreateDiskSnapshot", source, "DiskSnapshot",
                       call.in["diskSnapshotName"],
                       disk_name.empty() ? system_disk_origin(source) : origin_of(source));
}

json get_disk_snapshot(Call& call) {
  return {{"diskSnapshot", call.show("DiskSnapshot", call.in["diskSnapshotName"])}};
}

json get_disk_snapshots(Call& call) {
  return call.show_list("DiskSnapshot", "diskSnapshots");
}

json delete_disk_snapshot(Call& call) {
  return delete_snapshot(call, "DeleteDiskSnapshot",
                         call.get("DiskSnapshot", call.in["diskSnapshotName"]));
}

constexpr Action actions[] = {
    {"CreateDiskSnapshot", create_disk_snapshot},
    {"DeleteDiskSnapshot", delete_disk_snapshot},
    {"GetDiskSnapshot", get_disk_snapshot},
    {"GetDiskSnapshots", get_disk_snapshots},
};

}  // namespace

const std::span<const Action> disk_snapshot_actions = actions;

}  // namespace papersail
