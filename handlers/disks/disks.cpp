// CreateDisk, GetDisk, GetDisks, DeleteDisk.
#include "handlers/disks/disks.hpp"

#include <algorithm>
#include <utility>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/quotas.hpp"
#include "handlers/snapshots/add_ons.hpp"

namespace papersail {
namespace {

constexpr int smallest_in_gb = 8;
constexpr int largest_in_gb = 16384;

void require_size(int size_in_gb) {
  if (size_in_gb < smallest_in_gb || size_in_gb > largest_in_gb) {
    // From the user guide's troubleshooting page.
    throw invalid_input("The size of a block storage disk must be between 8 and 16384 GB.");
  }
}

void require_quota_for_new(Call& call, int size_in_gb) {
  papersail::require_quota_for_new(call, "Disk");
  if (!has_quota(call, "DiskSizeInGb")) return;
  require_quota(call, "DiskSizeInGb",
                call.store.sum(call.region, "Disk", "$.sizeInGb") + size_in_gb);
}

json create_disk(Call& call) {
  Resource disk =
      new_disk(call, call.in["diskName"], call.in["availabilityZone"], call.in["sizeInGb"]);
  give_disk_add_ons(call, disk);
  call.create(disk);
  return operations({call.started("CreateDisk", disk)});
}

json get_disk(Call& call) {
  return {{"disk", call.show("Disk", call.in["diskName"])}};
}

json get_disks(Call& call) {
  return call.show_list("Disk", "disks");
}

// A disk in another state, such as error, can be deleted as well.
json delete_disk(Call& call) {
  const Resource disk = call.get("Disk", call.in["diskName"]);
  if (disk.doc.contains("attachedTo")) {
    // From the user guide's troubleshooting page.
    throw operation_failure(
        "You can't perform this operation because the disk is still attached to a Lightsail "
        "instance: " +
        disk.doc.at("attachedTo").get<std::string>());
  }
  if (status_of(disk) == "pending") throw not_in_this_state("delete", disk);
  require_add_ons_deletable(call, disk);
  call.store.remove(disk);
  return operations({call.succeeded("DeleteDisk", disk)});
}

constexpr Action actions[] = {
    {"CreateDisk", create_disk},
    {"DeleteDisk", delete_disk},
    {"GetDisk", get_disk},
    {"GetDisks", get_disks},
};

}  // namespace

// Recorded: 3 IOPS for each GB, at least 100. The limit of EBS for such a volume is 16000.
int iops_of(int size_in_gb) {
  return std::clamp(3 * size_in_gb, 100, 16000);
}

Resource new_disk(Call& call, const std::string& name, const std::string& availability_zone,
                  int size_in_gb) {
  require_zone(call.region, availability_zone);
  require_size(size_in_gb);
  require_quota_for_new(call, size_in_gb);
  Resource disk = call.new_resource("Disk", name, availability_zone, "vol-" + call.ids().hex(17));
  merge(disk.doc, {{"sizeInGb", size_in_gb},
                   {"isSystemDisk", false},
                   {"iops", iops_of(size_in_gb)},
                   {"state", "pending"},
                   {"isAttached", false},
                   {"attachmentState", "detached"}});
  return disk;
}

void give_disk_add_ons(const Call& call, Resource& disk) {
  static const json linux_blueprint = {{"platform", "LINUX_UNIX"}};  // disks have no blueprint
  json add_ons = new_add_ons(call, linux_blueprint);
  if (!add_ons.empty()) disk.doc["addOns"] = std::move(add_ons);
}

ApiError not_in_this_state(const std::string& action, const Resource& disk) {
  // AWS's CloudFormation handlers look for this message.
  return operation_failure("You can't " + action +
                           " this disk right now. The state of this disk is: " + status_of(disk));
}

const std::span<const Action> disk_actions = actions;

}  // namespace papersail
