#include "handlers/snapshots/snapshots.hpp"

#include <array>
#include <string_view>

#include "handlers/instances/disks.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/quotas.hpp"
#include "handlers/refusals.hpp"
#include "handlers/snapshots/auto_snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr std::array origin_members = {"fromAttachedDisks", "fromBlueprintId",    "fromBundleId",
                                       "fromDiskArn",       "fromDiskName",       "fromInstanceArn",
                                       "fromInstanceName",  "isFromAutoSnapshot", "sizeInGb"};

// Recorded: the final states of the two types have different names.
std::string_view finished_state(const std::string& type) {
  return type == type::instance_snapshot ? "available" : "completed";
}

json instance_origin(Call& call, const Resource& instance, Millis moment) {
  json attached = attached_disks(call, instance, moment);
  int size = system_disk(instance).at("sizeInGb");
  for (const json& disk : attached) size += disk.at("sizeInGb").get<int>();
  return {{"fromAttachedDisks", std::move(attached)},
          {"fromBlueprintId", instance.doc.at("blueprintId")},
          {"fromBundleId", instance.doc.at("bundleId")},
          {"fromInstanceArn", instance.doc.at("arn")},
          {"fromInstanceName", instance.name},
          {"sizeInGb", size}};
}

json disk_origin(const Resource& disk) {
  return {{"fromDiskArn", disk.doc.at("arn")},
          {"fromDiskName", disk.name},
          {"sizeInGb", disk.doc.at("sizeInGb")}};
}

// Documented: an instance must be running, stopping or stopped, and no automatic snapshot may be in
// progress. Clients wait and retry on the end of the last message
// (hashicorp/terraform-provider-aws, service_package.go).
void require_snapshot_possible(const Call& call, const Resource& source) {
  if (source.type == type::instance) {
    const std::string state = state_of(source);
    if (state != "running" && state != "stopping" && state != "stopped") {
      throw wrong_state("create a snapshot of the instance", "it is running or stopped", "instance",
                        state);
    }
  } else if (const std::string state = source.doc.at("state");
             state != "available" && state != "in-use") {
    throw wrong_state("create a snapshot of the disk", "it is available or in use", "disk", state);
  }
  if (auto_snapshot_in_progress(call, source)) {
    throw operation_failure("An automatic snapshot of " + source.name +
                            " is being created. Please wait for it to complete before trying "
                            "again.");
  }
}

}  // namespace

Resource instance_or_disk_snapshot(Call& call, const std::string& region, const std::string& name) {
  auto found = call.store.find(region, name);
  if (found && found->type == type::relational_database_snapshot) {
    throw invalid_input("Snapshots of databases can neither be copied nor exported: " + name);
  }
  if (!found || (found->type != type::instance_snapshot && found->type != type::disk_snapshot)) {
    throw not_found("Snapshot", name);
  }
  return *std::move(found);
}

Resource instance_snapshot_of(Call& call) {
  return call.get(type::instance_snapshot, call.in["instanceSnapshotName"]);
}

Resource disk_snapshot_of(Call& call) {
  return call.get(type::disk_snapshot, call.in["diskSnapshotName"]);
}

std::string snapshot_type_of(const std::string& source_type) {
  return source_type == type::instance ? type::instance_snapshot : type::disk_snapshot;
}

json attached_disks(Call& call, const Resource& source, Millis moment) {
  json out = json::array();
  if (source.type != type::instance) return out;
  for (Resource& disk : disks_of(call, source)) {
    if (moment_of(disk.doc.at("createdAt")) <= moment) out.push_back(disk.doc.parsed());
  }
  return out;
}

json origin_of(Call& call, const Resource& source, Millis moment) {
  return source.type == type::instance ? instance_origin(call, source, moment)
                                       : disk_origin(source);
}

json system_disk_origin(const Resource& instance) {
  return {{"fromInstanceArn", instance.doc.at("arn")},
          {"fromInstanceName", instance.name},
          {"sizeInGb", system_disk(instance).at("sizeInGb")}};
}

json stored_origin(const Resource& snapshot, const char* action) {
  require_state(snapshot, action, {finished_state(snapshot.type)});
  json out = json::object();
  for (const char* member : origin_members) {
    if (snapshot.doc.contains(member)) out[member] = snapshot.doc.at(member);
  }
  return out;
}

// Recorded: only snapshots of disks have `progress`.
Resource new_snapshot(Call& call, const std::string& type, const std::string& name,
                      const json& origin) {
  require_quota_for_new(call, type);
  const bool of_instance = type == type::instance_snapshot;
  Resource out =
      call.new_resource(type, name, "all", (of_instance ? "ami-" : "snap-") + call.ids().hex(17));
  out.doc.set("isFromAutoSnapshot", false);
  out.doc.set("state", "pending");
  out.doc.update(origin);
  if (!of_instance) out.doc["progress"] = "0%";
  return out;
}

json take_snapshot(Call& call, const Resource& source, const std::string& type,
                   const std::string& name, const json& origin) {
  require_snapshot_possible(call, source);
  Resource snapshot = new_snapshot(call, type, name, origin);
  call.create(snapshot);
  return operations(call.started_pair(snapshot, source));
}

json delete_snapshot(Call& call, const Resource& snapshot) {
  call.store.remove(snapshot);
  return operations({call.succeeded(snapshot)});
}

}  // namespace papersail
