#include "tests/handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

constexpr Millis while_exporting = seconds(300);
constexpr Millis while_building = seconds(120);

struct Exports : Snapshots {
  // Returns the newest record.
  json record() { return call("GetExportSnapshotRecords")["exportSnapshotRecords"][0]; }
  json stack() { return call("GetCloudFormationStackRecords")["cloudFormationStackRecords"][0]; }
  json export_snapshot(const std::string& name) {
    return call("ExportSnapshot", {{"sourceSnapshotName", name}})["operations"];
  }
  static json entry(const json& source) {
    return {{"sourceName", source},
            {"instanceType", "t3.small"},
            {"portInfoSource", "DEFAULT"},
            {"availabilityZone", "us-east-1a"}};
  }
};

}  // namespace

TEST_CASE_FIXTURE(Exports, "ExportSnapshot: creates a record that is Started, then Succeeded") {
  snapshot_instance("web", "web-1");
  const json operations = export_snapshot("web-1");
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "ExportSnapshot");
  CHECK(operations[0]["resourceType"] == "ExportSnapshotRecord");
  CHECK(operations[0]["resourceName"] == record()["name"]);
  CHECK(operations[0]["operationDetails"] == "web-1");
  CHECK(operations[0]["status"] == "Started");
  CHECK(record()["state"] == "Started");
  advance(while_exporting);
  CHECK(record()["state"] == "Succeeded");
  CHECK(status(operations[0]) == "Succeeded");
}

TEST_CASE_FIXTURE(Exports, "GetExportSnapshotRecords: returns documents in the recorded form") {
  attach("data", "web", "/dev/xvdf");
  snapshot_instance("web", "web-1");
  export_snapshot("web-1");
  const json found = record();
  const std::string name = found["name"];
  CHECK(name.starts_with("ExportSnapshotRecord-"));
  const std::string arn = found["arn"];
  CHECK(arn.starts_with("arn:aws:lightsail:us-east-1:000000000000:ExportSnapshotRecord/"));
  CHECK(arn.find(name.substr(std::string("ExportSnapshotRecord-").size())) == std::string::npos);
  CHECK(found["location"]["availabilityZone"] == "all");
  CHECK(found["resourceType"] == "ExportSnapshotRecord");
  const json snapshot = instance_snapshot("web-1");
  json source = {{"resourceType", "InstanceSnapshot"},
                 {"createdAt", snapshot["createdAt"]},
                 {"name", "web-1"},
                 {"arn", snapshot["arn"]},
                 {"fromResourceName", "web"},
                 {"fromResourceArn", instance("web")["arn"]}};
  source["instanceSnapshotInfo"] = json::parse(R"(
      {"fromBundleId": "small_3_0", "fromBlueprintId": "ubuntu_24_04", "fromDiskInfo": [
         {"path": "/dev/sda1", "sizeInGb": 60, "isSystemDisk": true},
         {"name": "data", "path": "/dev/xvdf", "sizeInGb": 32, "isSystemDisk": false}]})");
  CHECK(found["sourceInfo"] == source);
  CHECK(found["destinationInfo"]["service"] == "Aws::EC2::Image");
  const std::string id = found["destinationInfo"]["id"];
  CHECK(id.starts_with("ami-"));
}

TEST_CASE_FIXTURE(Exports, "ExportSnapshot: exports disks and lists the newest record first") {
  snapshot_disk("data", "data-1");
  call("CreateDiskSnapshot", {{"instanceName", "web"}, {"diskSnapshotName", "root"}});
  advance(of_disk);
  export_snapshot("root");
  CHECK(record()["sourceInfo"]["fromResourceName"] == "web");
  export_snapshot("data-1");
  CHECK(call("GetExportSnapshotRecords")["exportSnapshotRecords"].size() == 2);
  CHECK(record()["sourceInfo"]["resourceType"] == "DiskSnapshot");
  CHECK(record()["sourceInfo"]["fromResourceName"] == "data");
  CHECK(record()["sourceInfo"]["diskSnapshotInfo"] == json({{"sizeInGb", 32}}));
  CHECK(record()["destinationInfo"]["service"] == "Aws::EC2::Snapshot");
}

TEST_CASE_FIXTURE(Exports,
                  "ExportSnapshot: refuses unknown, unfinished and not exportable snapshots") {
  const auto refusal = [&](const char* name) {
    return refused("ExportSnapshot", {{"sourceSnapshotName", name}});
  };
  CHECK(refusal("nope").message == "The Snapshot does not exist: nope");
  CHECK(refusal("web").type == "NotFoundException");
  call("CreateInstanceSnapshot", {{"instanceName", "web"}, {"instanceSnapshotName", "early"}});
  CHECK(refusal("early").type == "OperationFailureException");
  launch("blog", {{"blueprintId", "ghost_bitnami"}});
  snapshot_instance("blog", "blog-1");
  CHECK(refusal("blog-1").type == "InvalidInputException");
  CHECK(refusal("blog-1").message ==
        "Snapshots of Ghost instances cannot be exported to Amazon EC2.");
}

TEST_CASE_FIXTURE(Exports, "CreateCloudFormationStack: creates a record in the recorded form") {
  snapshot_instance("web", "web-1");
  export_snapshot("web-1");
  advance(while_exporting);
  const json operations =
      call("CreateCloudFormationStack", {{"instances", {entry(record()["name"])}}})["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "CreateCloudFormationStack");
  CHECK(operations[0]["resourceType"] == "CloudFormationStackRecord");
  CHECK(operations[0]["operationDetails"] == record()["name"]);
  CHECK(operations[0]["status"] == "Started");
  CHECK(stack()["state"] == "Started");
  advance(while_building);
  CHECK(stack()["state"] == "Succeeded");
  CHECK(status(operations[0]) == "Succeeded");
  const json found = stack();
  const std::string name = found["name"];
  REQUIRE(name.starts_with("CloudFormationStackRecord-"));
  const std::string id = name.substr(std::string("CloudFormationStackRecord-").size());
  CHECK(found["sourceInfo"] == json::array({{{"resourceType", "ExportSnapshotRecord"},
                                             {"name", record()["name"]},
                                             {"arn", record()["arn"]}}}));
  const std::string destination = found["destinationInfo"]["id"];
  CHECK(
      destination.starts_with("arn:aws:cloudformation:us-east-1:000000000000:stack/"
                              "Lightsail-Stack-" +
                              id + "/"));
  CHECK(found["destinationInfo"]["service"] == "Aws::CloudFormation::Stack");
}

TEST_CASE_FIXTURE(Exports, "CreateCloudFormationStack: refuses invalid exports and zones") {
  snapshot_instance("web", "web-1");
  snapshot_disk("data", "data-1");
  export_snapshot("web-1");
  const json source = record()["name"];
  const auto refusal = [&](const json& instances) {
    return refused("CreateCloudFormationStack", {{"instances", instances}});
  };
  CHECK(refusal(json::array({entry("nope")})).message ==
        "The ExportSnapshotRecord does not exist: nope");
  CHECK(refusal(json::array({entry(source)})).type == "OperationFailureException");
  CHECK(refusal(json::array({entry(source)})).message.ends_with("is: Started"));
  advance(while_exporting);
  for (const json& count : {json::array(), json({entry(source), entry(source)})}) {
    CHECK(refusal(count).type == "InvalidInputException");
    CHECK(refusal(count).message == "Specify exactly one instance.");
  }
  json elsewhere = entry(source);
  elsewhere["availabilityZone"] = "eu-west-1a";
  CHECK(refusal(json::array({elsewhere})).type == "InvalidInputException");
  export_snapshot("data-1");
  advance(while_exporting);
  CHECK(refusal(json::array({entry(record()["name"])})).type == "InvalidInputException");
  CHECK(call("GetCloudFormationStackRecords")["cloudFormationStackRecords"].empty());
}

}  // namespace papersail
