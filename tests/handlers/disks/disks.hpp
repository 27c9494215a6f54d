// An emulator with an instance, for tests of disks and static IPs.
#pragma once

#include <string>

#include "tests/support/emulator.hpp"

namespace papersail {

constexpr Millis while_launching = 17900;
constexpr Millis while_stopping = seconds(30);
constexpr Millis while_disk_pending = seconds(5);
constexpr Millis while_attaching = seconds(5);
constexpr Millis while_detaching = seconds(5);

// Has a running Ubuntu instance "web" in us-east-1a.
class Machine : public Emulator {
 public:
  explicit Machine(const std::string& lifecycle = "realistic") : Emulator(lifecycle) {
    launch("web");
    advance(while_launching);
  }

  // Calls CreateInstances with its input patched with `changes` (RFC 7396).
  json launch(const std::string& name, const json& changes = json::object()) {
    json input = {{"instanceNames", {name}},
                  {"availabilityZone", "us-east-1a"},
                  {"blueprintId", "ubuntu_24_04"},
                  {"bundleId", "nano_3_0"}};
    input.merge_patch(changes);
    return call("CreateInstances", input).at("operations");
  }
  void stop(const std::string& name = "web") {
    call("StopInstance", {{"instanceName", name}});
    advance(while_stopping);
  }
  void start(const std::string& name = "web") {
    call("StartInstance", {{"instanceName", name}});
    advance(while_launching);
  }
  json instance(const std::string& name = "web") {
    return call("GetInstance", {{"instanceName", name}}).at("instance");
  }
  json operation(const json& id) {
    return call("GetOperation", {{"operationId", id}}).at("operation");
  }

  // Calls CreateDisk for 8 GB in us-east-1a, patched with `changes`.
  json create_disk(const std::string& name, const json& changes = json::object()) {
    return call("CreateDisk", disk_input(name, changes)).at("operations");
  }
  static json disk_input(const std::string& name, const json& changes = json::object()) {
    json input = {{"diskName", name}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", 8}};
    input.merge_patch(changes);
    return input;
  }
  json disk(const std::string& name) { return call("GetDisk", {{"diskName", name}}).at("disk"); }
  static json attachment(const std::string& disk, const std::string& path = "/dev/xvdf",
                         const std::string& instance = "web") {
    return {{"diskName", disk}, {"instanceName", instance}, {"diskPath", path}};
  }
  // Creates a disk and attaches it to "web".
  void give_disk(const std::string& name, const std::string& path = "/dev/xvdf") {
    create_disk(name);
    advance(while_disk_pending);
    call("AttachDisk", attachment(name, path));
    advance(while_attaching);
  }
  json attached_disks(const std::string& name = "web") {
    json out = instance(name).at("hardware").at("disks");
    CHECK(out.at(0).at("isSystemDisk") == true);
    out.erase(0);
    return out;
  }
};

// Checks both operations of a pair: the type, and one on each resource with the other's name.
inline void check_pair(const json& operations, const char* type, const json& first,
                       const json& second, const char* status) {
  REQUIRE(operations.size() >= 2);
  for (int i = 0; i < 2; ++i) {
    const json& mine = i == 0 ? first : second;
    const json& other = i == 0 ? second : first;
    CHECK(operations[i]["operationType"] == type);
    CHECK(operations[i]["resourceType"] == mine["resourceType"]);
    CHECK(operations[i]["resourceName"] == mine["name"]);
    CHECK(operations[i]["location"] == mine["location"]);
    CHECK(operations[i]["operationDetails"] == other["name"]);
    CHECK(operations[i]["status"] == status);
    CHECK(operations[i]["isTerminal"] == (std::string(status) == "Succeeded"));
  }
}

}  // namespace papersail
