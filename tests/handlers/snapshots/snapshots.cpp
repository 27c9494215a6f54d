#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

json enable_input(const std::string& name, const std::string& time) {
  json request = {{"addOnType", "AutoSnapshot"}};
  if (!time.empty()) request["autoSnapshotAddOnRequest"]["snapshotTimeOfDay"] = time;
  return {{"resourceName", name}, {"addOnRequest", request}};
}

}  // namespace

Snapshots::Snapshots(const std::string& lifecycle) : Emulator(lifecycle) {
  launch("web");
  make_disk("data", 32);
}

void Snapshots::launch(const std::string& name, const json& members) {
  json request = {{"instanceNames", json::array({name})},
                  {"availabilityZone", "us-east-1a"},
                  {"blueprintId", "ubuntu_24_04"},
                  {"bundleId", "small_3_0"}};
  request.update(members);
  call("CreateInstances", request);
  advance(seconds(18));
}

void Snapshots::make_disk(const std::string& name, int size_in_gb) {
  call("CreateDisk",
       {{"diskName", name}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", size_in_gb}});
  advance(seconds(5));
}

void Snapshots::attach(const std::string& disk, const std::string& instance,
                       const std::string& path) {
  call("AttachDisk", {{"diskName", disk}, {"instanceName", instance}, {"diskPath", path}});
  advance(seconds(5));
}

void Snapshots::snapshot_instance(const std::string& instance, const std::string& name) {
  call("CreateInstanceSnapshot", {{"instanceName", instance}, {"instanceSnapshotName", name}});
  advance(of_instance);
}

void Snapshots::snapshot_disk(const std::string& disk, const std::string& name) {
  call("CreateDiskSnapshot", {{"diskName", disk}, {"diskSnapshotName", name}});
  advance(of_disk);
}

json Snapshots::instance(const std::string& name) {
  return call("GetInstance", {{"instanceName", name}})["instance"];
}

json Snapshots::disk(const std::string& name) {
  return call("GetDisk", {{"diskName", name}})["disk"];
}

json Snapshots::instance_snapshot(const std::string& name) {
  return call("GetInstanceSnapshot", {{"instanceSnapshotName", name}})["instanceSnapshot"];
}

json Snapshots::disk_snapshot(const std::string& name) {
  return call("GetDiskSnapshot", {{"diskSnapshotName", name}})["diskSnapshot"];
}

json Snapshots::enable(const std::string& name, const std::string& time) {
  return call("EnableAddOn", enable_input(name, time))["operations"];
}

Refused Snapshots::enable_refused(const std::string& name, const std::string& time) {
  return refused("EnableAddOn", enable_input(name, time));
}

json Snapshots::disable(const std::string& name) {
  const json input = {{"resourceName", name}, {"addOnType", "AutoSnapshot"}};
  return call("DisableAddOn", input)["operations"];
}

std::vector<std::string> Snapshots::dates(const std::string& name) {
  std::vector<std::string> out;
  const json response = call("GetAutoSnapshots", {{"resourceName", name}});
  for (const json& snapshot : response["autoSnapshots"]) out.push_back(snapshot["date"]);
  return out;
}

std::string Snapshots::status(const json& operation) {
  return call("GetOperation", {{"operationId", operation["id"]}})["operation"]["status"];
}

}  // namespace papersail
