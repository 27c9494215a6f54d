// CreateDisk, GetDisk, GetDisks, DeleteDisk.
#include "handlers/disks/disks.hpp"

#include <utility>

#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/disks.hpp"
#include "handlers/quotas.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

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
  papersail::require_quota_for_new(call, type::disk);
  if (!has_quota(call, "DiskSizeInGb")) return;
  require_quota(call, "DiskSizeInGb",
                call.store.sum(call.region, type::disk, "$.sizeInGb") + size_in_gb);
}

json create_disk(Call& call) {
  Resource disk =
      new_disk(call, call.in["diskName"], call.in["availabilityZone"], call.in["sizeInGb"]);
  add_requested_add_ons(call, disk);
  call.create(disk);
  return operations({call.started(disk)});
}

json get_disk(Call& call) {
  return {{"disk", call.show(type::disk, call.in["diskName"])}};
}

json get_disks(Call& call) {
  return call.show_list(type::disk, "disks");
}

// A disk in another state, such as error, can be deleted as well.
json delete_disk(Call& call) {
  const Resource disk = disk_of(call);
  if (disk.doc.contains("attachedTo")) {
    // From the user guide's troubleshooting page.
    throw operation_failure(
        "You can't perform this operation because the disk is still attached to a Lightsail "
        "instance: " +
        disk.doc.at("attachedTo").get<std::string>());
  }
  if (status_of(disk) == "pending") throw not_possible_now("delete", disk);
  require_add_ons_deletable(call, disk);
  call.store.remove(disk);
  return operations({call.succeeded(disk)});
}

constexpr Action actions[] = {
    {"CreateDisk", create_disk},
    {"DeleteDisk", delete_disk},
    {"GetDisk", get_disk},
    {"GetDisks", get_disks},
};

}  // namespace

Resource disk_of(Call& call) {
  return call.get(type::disk, call.in["diskName"]);
}

Resource new_disk(Call& call, const std::string& name, const std::string& availability_zone,
                  int size_in_gb) {
  require_zone(call.region, availability_zone);
  require_size(size_in_gb);
  require_quota_for_new(call, size_in_gb);
  Resource disk =
      call.new_resource(type::disk, name, availability_zone, "vol-" + call.ids().hex(17));
  disk.doc.set("sizeInGb", size_in_gb);
  disk.doc.set("isSystemDisk", false);
  disk.doc.set("iops", iops_of(size_in_gb));
  disk.doc.set("state", "pending");
  disk.doc.set("isAttached", false);
  disk.doc.set("attachmentState", "detached");
  return disk;
}

const std::span<const Action> disk_actions = actions;

}  // namespace papersail
