#include "handlers/instances/disks.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "handlers/types.hpp"

namespace papersail {
namespace {

// Returns the disk of this entry, or nullopt if it is detached, such as after a failed attachment.
std::optional<Resource> disk_of(Call& call, const std::string& region, const std::string& instance,
                                const Document& entry) {
  auto disk = call.store.find(region, type::disk, entry.at("name").get<std::string>());
  const bool here = disk && disk->doc.value("attachedTo", "") == instance;
  return here ? std::move(disk) : std::nullopt;
}

bool is_system_disk(const Document& entry) {
  return entry.at("isSystemDisk");
}

// The system disk, and an entry for each attached disk.
std::vector<Document> entries_of(const Document& instance) {
  return instance.object_at("hardware").elements_at("disks");
}

// Returns the entries without that of the attached disk `name`.
std::vector<Document> other_entries(const Document& instance, const std::string& name) {
  std::vector<Document> out = entries_of(instance);
  std::erase_if(out, [&](const Document& entry) {
    return !is_system_disk(entry) && entry.at("name") == name;
  });
  return out;
}

void set_entries(Document& instance, const std::vector<Document>& entries) {
  Document hardware = instance.object_at("hardware");
  hardware.set("disks", raw_list(entries));
  instance.set("hardware", hardware);
}

}  // namespace

// Recorded: 3 IOPS for each GB, at least 100. The limit of EBS for such a volume is 16000.
int iops_of(int size_in_gb) {
  return std::clamp(3 * size_in_gb, 100, 16000);
}

Document with_disks(Call& call, Document instance) {
  if (instance.object_at("hardware").count_at("disks") <= 1) return instance;
  std::vector<Document> disks;
  for (Document& entry : entries_of(instance)) {
    if (is_system_disk(entry)) {
      disks.push_back(std::move(entry));
    } else if (auto disk = disk_of(call, call.region, instance.at("name"), entry)) {
      disks.push_back(std::move(disk->doc));
    }
  }
  set_entries(instance, disks);
  return instance;
}

Document system_disk(const Resource& instance) {
  const std::vector<Document> entries = entries_of(instance.doc);
  const auto found = std::find_if(entries.begin(), entries.end(), is_system_disk);
  if (found == entries.end()) throw std::out_of_range("the instance has no system disk");
  return *found;
}

std::vector<Resource> disks_of(Call& call, const Resource& instance) {
  std::vector<Resource> out;
  for (const Document& entry : entries_of(instance.doc)) {
    if (is_system_disk(entry)) continue;
    if (auto disk = disk_of(call, instance.region, instance.name, entry)) {
      out.push_back(*std::move(disk));
    }
  }
  return out;
}

void add_disk(Resource& instance, const Resource& disk) {
  std::vector<Document> entries = other_entries(instance.doc, disk.name);
  entries.push_back(disk.doc);
  set_entries(instance.doc, entries);
}

void drop_disk(Resource& instance, const Resource& disk) {
  set_entries(instance.doc, other_entries(instance.doc, disk.name));
}

}  // namespace papersail
