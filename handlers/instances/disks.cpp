#include "handlers/instances/disks.hpp"

#include <algorithm>

#include "handlers/types.hpp"

namespace papersail {
namespace {

// Returns the disk of this entry, or nullopt if it is detached, such as after a failed attachment.
std::optional<Resource> disk_of(Call& call, const std::string& region, const std::string& instance,
                                const json& entry) {
  auto disk = call.store.find(region, type::disk, entry.at("name").get<std::string>());
  const bool here = disk && disk->doc.value("attachedTo", "") == instance;
  return here ? std::move(disk) : std::nullopt;
}

bool is_system_disk(const json& entry) {
  return entry.at("isSystemDisk");
}

}  // namespace

// Recorded: 3 IOPS for each GB, at least 100. The limit of EBS for such a volume is 16000.
int iops_of(int size_in_gb) {
  return std::clamp(3 * size_in_gb, 100, 16000);
}

Document with_disks(Call& call, Document instance) {
  if (instance.object_at("hardware").count_at("disks") <= 1) return instance;
  json disks = json::array();
  for (json& entry : instance["hardware"]["disks"]) {
    if (is_system_disk(entry)) {
      disks.push_back(std::move(entry));
    } else if (auto disk = disk_of(call, call.region, instance.at("name"), entry)) {
      disks.push_back(disk->doc.raw());
    }
  }
  instance["hardware"]["disks"] = std::move(disks);
  return instance;
}

std::vector<Resource> disks_of(Call& call, const Resource& instance) {
  std::vector<Resource> out;
  for (const json& entry : instance.doc.at("hardware").at("disks")) {
    if (is_system_disk(entry)) continue;
    if (auto disk = disk_of(call, instance.region, instance.name, entry)) out.push_back(*disk);
  }
  return out;
}

void add_disk(Resource& instance, const Resource& disk) {
  drop_disk(instance, disk);
  instance.doc["hardware"]["disks"].push_back(disk.doc.parsed());
}

void drop_disk(Resource& instance, const Resource& disk) {
  json kept = json::array();
  for (json& entry : instance.doc["hardware"]["disks"]) {
    if (is_system_disk(entry) || entry.at("name") != disk.name) kept.push_back(std::move(entry));
  }
  instance.doc["hardware"]["disks"] = std::move(kept);
}

}  // namespace papersail
