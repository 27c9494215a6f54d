// AttachDisk, DetachDisk.
#include "handlers/disks/attachment.hpp"

#include <algorithm>
#include <string_view>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/disks/disks.hpp"
#include "handlers/instances/disks.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/quotas.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

// EC2's device names for volumes, /dev/sdf to /dev/sdz and /dev/xvdf to /dev/xvdz; the system uses
// the earlier ones. Fewer letters would not allow the fifteen disks of an instance.
bool is_disk_path(const std::string& path) {
  for (const std::string_view prefix : {"/dev/sd", "/dev/xvd"}) {
    if (path.starts_with(prefix) && path.size() == prefix.size() + 1) {
      return path.back() >= 'f' && path.back() <= 'z';
    }
  }
  return false;
}

void require_path(const std::string& path) {
  if (is_disk_path(path)) return;
  // Recorded (hashicorp/terraform-provider-aws#28024).
  throw invalid_input("The disk path is invalid. You must specify a valid disk path.");
}

void require_same_zone(const Resource& disk, const Resource& instance) {
  if (disk.doc.at("location") == instance.doc.at("location")) return;
  throw invalid_input("The disk " + disk.name + " and the instance " + instance.name +
                      " must be in the same Availability Zone.");
}

void require_free_place(Call& call, const Resource& instance, const std::string& path) {
  const std::vector<Resource> disks = disks_of(call, instance);
  require_quota(call, "AttachedDisk", static_cast<std::int64_t>(disks.size()) + 1);
  const auto there = [&](const Resource& disk) { return disk.doc.at("path") == path; };
  if (std::any_of(disks.begin(), disks.end(), there)) {
    throw invalid_input("The disk path " + path + " is already in use on the instance " +
                        instance.name + ".");
  }
}

// Only instances of Lightsail for Research mount their disks, and only if autoMounting is set. All
// other instances ignore autoMounting.
void auto_mount(Call& call, Resource& disk, const Resource& instance) {
  if (blueprint(instance.doc.at("blueprintId")).value("appCategory", "") != "LfR") return;
  disk.doc["autoMountStatus"] = call.flag("autoMounting") ? "Pending" : "NotMounted";
  if (!call.flag("autoMounting")) return;
  const Millis attached =
      call.store.lifecycle().final_outcome(type::disk, disk.name, status_of(disk)).after;
  call.store.schedule().add_change(disk, call.now() + attached, {{"autoMountStatus", "Mounted"}},
                                   json::object());
}

// Drops the scheduled changes only if one of them is the mount, so that others, such as a new hour
// of an add-on, are kept.
void begin_detachment(Call& call, Resource& disk) {
  disk.doc["attachmentState"] = "detaching";
  if (disk.doc.value("autoMountStatus", "") == "Pending") call.store.schedule().drop_changes(disk);
  call.put(disk);
}

json attach_disk(Call& call) {
  Resource disk = disk_of(call);
  Resource instance = instance_of(call);
  const std::string path = call.in["diskPath"];
  require_path(path);
  require_same_zone(disk, instance);
  require_target_state(instance, "attach the disk", {"running", "stopped"});
  if (status_of(disk) != "available") throw not_possible_now("attach", disk);
  require_free_place(call, instance, path);
  begin_attachment(disk, instance, path);
  auto_mount(call, disk, instance);
  call.put(disk);
  call.put(instance);
  return operations(call.started_pair(disk, instance));
}

json detach_disk(Call& call) {
  Resource disk = disk_of(call);
  if (status_of(disk) != "in-use") throw not_possible_now("detach", disk);
  Resource instance = call.get(type::instance, disk.doc.at("attachedTo"));
  require_target_state(instance, "detach the disk", {"stopped"});
  begin_detachment(call, disk);
  drop_disk(instance, disk);
  call.put(instance);
  return operations(call.started_pair(disk, instance));
}

constexpr Action actions[] = {
    {"AttachDisk", attach_disk},
    {"DetachDisk", detach_disk},
};

}  // namespace

void begin_attachment(Resource& disk, Resource& instance, const std::string& path) {
  disk.doc.set("state", "in-use");
  disk.doc.set("attachmentState", "attaching");
  disk.doc.set("attachedTo", instance.name);
  disk.doc.set("path", path);
  add_disk(instance, disk);
}

std::vector<json> detach_disks(Call& call, const Resource& instance) {
  std::vector<json> out;
  for (Resource& disk : disks_of(call, instance)) {
    begin_detachment(call, disk);
    for (json& one : call.started_pair("DetachDisk", disk, instance)) out.push_back(one);
  }
  return out;
}

const std::span<const Action> disk_attachment_actions = actions;

}  // namespace papersail
