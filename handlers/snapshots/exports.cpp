// ExportSnapshot, GetExportSnapshotRecords, CreateCloudFormationStack,
// GetCloudFormationStackRecords.
#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/refusals.hpp"
#include "handlers/snapshots/snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

// The name of a record begins with its type. A record has no support code and no tags.
Resource new_record(Call& call, const std::string& type, const std::string& id) {
  Resource out = call.new_resource(type, type + "-" + id, "all", "");
  out.doc.erase("supportCode");
  out.doc.erase("tags");
  out.doc["state"] = "Started";
  return out;
}

// Documented: images of some vendors cannot be exported.
void require_exportable(const json& blueprint) {
  if (blueprint.value("_exportable", true)) return;
  throw invalid_input("Snapshots of " + blueprint.at("name").get<std::string>() +
                      " instances cannot be exported to Amazon EC2.");
}

json instance_disks(const json& origin) {
  int system_size = origin.at("sizeInGb");
  json out = json::array();
  for (const json& disk : origin.at("fromAttachedDisks")) {
    out.push_back({{"name", disk.at("name")},
                   {"path", disk.at("path")},
                   {"sizeInGb", disk.at("sizeInGb")},
                   {"isSystemDisk", false}});
    system_size -= disk.at("sizeInGb").get<int>();
  }
  const json system_disk = {{"path", blueprint(origin.at("fromBlueprintId")).at("_systemDiskPath")},
                            {"sizeInGb", system_size},
                            {"isSystemDisk", true}};
  out.insert(out.begin(), system_disk);
  return out;
}

json source_info(const Resource& snapshot, const json& origin) {
  const bool of_disk = origin.contains("fromDiskName");
  json out = {{"resourceType", snapshot.type},
              {"createdAt", snapshot.doc.at("createdAt")},
              {"name", snapshot.name},
              {"arn", snapshot.doc.at("arn")},
              {"fromResourceName", origin.at(of_disk ? "fromDiskName" : "fromInstanceName")},
              {"fromResourceArn", origin.at(of_disk ? "fromDiskArn" : "fromInstanceArn")}};
  if (snapshot.type == type::disk_snapshot) {
    out["diskSnapshotInfo"] = {{"sizeInGb", origin.at("sizeInGb")}};
  } else {
    out["instanceSnapshotInfo"] = {{"fromBundleId", origin.at("fromBundleId")},
                                   {"fromBlueprintId", origin.at("fromBlueprintId")},
                                   {"fromDiskInfo", instance_disks(origin)}};
  }
  return out;
}

// The id is present from the start: EC2 assigns it when the image or snapshot is created.
json destination_info(Call& call, const Resource& snapshot) {
  return snapshot.type == type::disk_snapshot
             ? json({{"id", "snap-" + call.ids().hex(17)}, {"service", "Aws::EC2::Snapshot"}})
             : json({{"id", "ami-" + call.ids().hex(17)}, {"service", "Aws::EC2::Image"}});
}

json export_snapshot(Call& call) {
  const Resource snapshot =
      instance_or_disk_snapshot(call, call.region, call.in["sourceSnapshotName"]);
  const json origin = stored_origin(snapshot, "export");
  if (origin.contains("fromBlueprintId")) {
    require_exportable(blueprint(origin.at("fromBlueprintId")));
  }
  Resource record = new_record(call, type::export_snapshot_record, call.ids().uuid());
  record.doc["sourceInfo"] = source_info(snapshot, origin);
  record.doc["destinationInfo"] = destination_info(call, snapshot);
  call.create(record);
  return operations({call.started(record, snapshot.name)});
}

json get_export_snapshot_records(Call& call) {
  return call.show_list(type::export_snapshot_record, "exportSnapshotRecords");
}

// Returns the export from which to create the stack. Documented: one entry for each call.
Resource exported(Call& call) {
  const json& entries = call.in["instances"];
  if (entries.size() != 1) throw invalid_input("Specify exactly one instance.");
  require_zone(call.region, entries[0].at("availabilityZone"));
  Resource out = call.get(type::export_snapshot_record, entries[0].at("sourceName"));
  if (out.doc.at("sourceInfo").at("resourceType") != type::instance_snapshot) {
    throw invalid_input("An instance cannot be created from an exported disk: " + out.name);
  }
  if (status_of(out) != "Succeeded") {
    throw wrong_state("use the export of a snapshot", "it has succeeded", "export", status_of(out));
  }
  return out;
}

json source_of_stack(const Resource& record) {
  return {{"resourceType", record.type}, {"name", record.name}, {"arn", record.doc.at("arn")}};
}

// Recorded: the stack's name contains the record's id.
json create_cloud_formation_stack(Call& call) {
  const Resource source = exported(call);
  const std::string id = call.ids().uuid();
  Resource record = new_record(call, type::cloud_formation_stack_record, id);
  record.doc["sourceInfo"] = json::array({source_of_stack(source)});
  record.doc["destinationInfo"] = {
      {"id", "arn:aws:cloudformation:" + call.region + ":" + call.account.id +
                 ":stack/Lightsail-Stack-" + id + "/" + call.ids().uuid()},
      {"service", "Aws::CloudFormation::Stack"}};
  call.create(record);
  return operations({call.started(record, source.name)});
}

json get_cloud_formation_stack_records(Call& call) {
  return call.show_list(type::cloud_formation_stack_record, "cloudFormationStackRecords");
}

constexpr Action actions[] = {
    {"CreateCloudFormationStack", create_cloud_formation_stack},
    {"ExportSnapshot", export_snapshot},
    {"GetCloudFormationStackRecords", get_cloud_formation_stack_records},
    {"GetExportSnapshotRecords", get_export_snapshot_records},
};

}  // namespace

const std::span<const Action> snapshot_export_actions = actions;

}  // namespace papersail
