#include "tests/support/invariants.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace papersail {
namespace {

// True if the resource is in a state that no transition leaves.
bool is_settled(const Resource& resource) {
  static const std::map<std::string, std::set<std::string>> rest = {
      {"Instance", {"running", "stopped"}},
      {"Disk", {"available", "in-use"}},
      {"InstanceSnapshot", {"available"}},
      {"DiskSnapshot", {"completed"}},
      {"ExportSnapshotRecord", {"Succeeded"}},
      {"CloudFormationStackRecord", {"Succeeded"}},
      {"RelationalDatabase", {"available", "stopped"}},
      {"RelationalDatabaseSnapshot", {"available"}},
      {"KeyPair", {""}},
      {"StaticIp", {""}},
  };
  return rest.at(resource.type).contains(status_of(resource));
}

// True if the resource is in the state of its failed creation.
bool has_failed(const Resource& resource) {
  static const std::set<std::string> failed = {"Failed", "error", "failed", "terminated"};
  return failed.contains(status_of(resource));
}

std::vector<json> data_disks(const json& instance) {
  std::vector<json> out;
  int system_disks = 0;
  for (const json& disk : instance.at("hardware").at("disks")) {
    disk.value("isSystemDisk", false) ? void(++system_disks) : out.push_back(disk);
  }
  CHECK(system_disks == 1);
  return out;
}

// All resources of one type that the API lists in a region, by name.
using Listed = std::map<std::string, json>;

struct Region {
  Listed instances, disks, static_ips;
};

void check_addresses(const json& instance, Failures failures) {
  const std::string type = instance.at("ipAddressType"), state = instance.at("state").at("name");
  const bool up = state == "running" || state == "pending";
  const bool has_ipv4 = type != "ipv6" && (up || instance.at("isStaticIp"));
  const bool shown = instance.contains("publicIpAddress");
  CHECK((shown == has_ipv4 || (shown && failures == Failures::possible)));
  CHECK(instance.at("ipv6Addresses").empty() == (type == "ipv4"));
}

// Checks that an attached disk and its instance name each other, and that a free disk names none.
void check_disk(const json& disk, const Region& region) {
  CAPTURE(disk.dump());
  const std::string attachment = disk.at("attachmentState");
  const bool held = attachment == "attaching" || attachment == "attached";
  CHECK((disk.at("state") == "in-use") == (attachment != "detached"));
  CHECK(disk.contains("attachedTo") == (attachment != "detached"));
  CHECK(disk.contains("path") == (attachment != "detached"));
  CHECK(disk.at("isAttached") == (attachment == "attached" || attachment == "detaching"));
  if (!held) return;
  REQUIRE(region.instances.contains(disk.at("attachedTo")));
  const auto shown = data_disks(region.instances.at(disk.at("attachedTo")));
  CHECK(std::find(shown.begin(), shown.end(), disk) != shown.end());
}

void check_instance(const json& instance, const Region& region, Failures failures) {
  CAPTURE(instance.dump());
  check_addresses(instance, failures);
  std::set<std::string> paths;
  for (const json& disk : data_disks(instance)) {
    CHECK(paths.insert(disk.at("path")).second);
    CHECK(disk.at("attachedTo") == instance.at("name"));
    CHECK(region.disks.contains(disk.at("name")));
  }
  int static_ips = 0;
  for (const auto& [name, static_ip] : region.static_ips) {
    static_ips += instance.at("name") == static_ip.value("attachedTo", "") ? 1 : 0;
  }
  CHECK(static_ips == (instance.at("isStaticIp") ? 1 : 0));
}

void check_static_ip(const json& static_ip, const Region& region) {
  CAPTURE(static_ip.dump());
  CHECK(static_ip.at("isAttached") == static_ip.contains("attachedTo"));
  if (!static_ip.at("isAttached")) return;
  REQUIRE(region.instances.contains(static_ip.at("attachedTo")));
  const json& instance = region.instances.at(static_ip.at("attachedTo"));
  CHECK(instance.at("isStaticIp") == true);
  CHECK(instance.at("publicIpAddress") == static_ip.at("ipAddress"));
}

Listed listed(Emulator& emulator, const char* action, const char* member) {
  Listed out;
  const json response = emulator.call(action);
  CHECK_FALSE(response.contains("nextPageToken"));
  for (const json& one : response.at(member)) CHECK(out.emplace(one.at("name"), one).second);
  return out;
}

}  // namespace

void check_invariants(Emulator& emulator, Failures failures) {
  Region region;
  region.instances = listed(emulator, "GetInstances", "instances");
  region.disks = listed(emulator, "GetDisks", "disks");
  region.static_ips = listed(emulator, "GetStaticIps", "staticIps");
  std::set<json> private_addresses;
  for (const auto& [name, instance] : region.instances) {
    check_instance(instance, region, failures);
    CHECK(private_addresses.insert(instance.at("privateIpAddress")).second);
  }
  for (const auto& [name, disk] : region.disks) check_disk(disk, region);
  for (const auto& [name, static_ip] : region.static_ips) check_static_ip(static_ip, region);
}

void check_settled(const Resource& resource, Failures failures) {
  CAPTURE(resource.doc.text());
  CHECK((is_settled(resource) || (failures == Failures::possible && has_failed(resource))));
  const json options = resource.doc.value("metadataOptions", json::object());
  CHECK(options.value("state", "applied") == "applied");
  CHECK(resource.doc.value("autoMountStatus", "") != "Pending");
  const json add_ons = resource.doc.value("addOns", json::array());
  for (const json& add_on : add_ons) {
    const json hour = add_on.value("snapshotTimeOfDay", json());
    if (add_on.at("status") == "Enabled")
      CHECK(add_on.value("nextSnapshotTimeOfDay", json()) == hour);
  }
}

}  // namespace papersail
