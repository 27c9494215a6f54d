#include <fstream>

#include "tests/handlers/disks/disks.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

// Has an available disk "data".
struct OneDisk : Machine {
  explicit OneDisk(const std::string& lifecycle = "realistic") : Machine(lifecycle) {
    create_disk("data");
    advance(while_disk_pending);
  }
  const json name = {{"diskName", "data"}};
};

}  // namespace

TEST_CASE_FIXTURE(OneDisk,
                  "AttachDisk: returns two operations that last until the disk is attached") {
  const json operations = call("AttachDisk", attachment("data"))["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "AttachDisk", disk("data"), instance(), "Started");
  CHECK(disk("data")["state"] == "in-use");
  CHECK(disk("data")["attachmentState"] == "attaching");
  CHECK(disk("data")["isAttached"] == false);
  CHECK(disk("data")["attachedTo"] == "web");
  advance(while_attaching - 1);
  CHECK(disk("data")["attachmentState"] == "attaching");
  CHECK(operation(operations[1]["id"])["status"] == "Started");
  advance(1);
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
  const json data = disk("data");
  CHECK(data["state"] == "in-use");
  CHECK(data["attachmentState"] == "attached");
  CHECK(data["isAttached"] == true);
  CHECK(data["attachedTo"] == "web");
  CHECK(data["path"] == "/dev/xvdf");
  CHECK_FALSE(data.contains("autoMountStatus"));
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: shows the disk's whole present document in the instance") {
  CHECK(attached_disks().empty());
  call("AttachDisk", attachment("data"));
  CHECK(attached_disks() == json::array({disk("data")}));
  advance(while_attaching);
  CHECK(attached_disks() == json::array({disk("data")}));
  give_disk("more", "/dev/xvdg");
  call("TagResource",
       {{"resourceName", "data"}, {"tags", json::parse(R"([{"key": "late", "value": "x"}])")}});
  CHECK(attached_disks() == json::array({disk("data"), disk("more")}));
  CHECK(attached_disks()[0]["tags"][0]["key"] == "late");
  CHECK(call("GetInstances")["instances"] == json::array({instance()}));
  const json healthy =
      call("GetInstance", {{"instanceName", "web"}, {"includeHealthStatus", true}});
  CHECK(healthy["instance"]["hardware"] == instance()["hardware"]);
}

TEST_CASE_FIXTURE(OneDisk,
                  "AttachDisk: accepts a stopped instance and keeps the disk after a start") {
  stop();
  call("AttachDisk", attachment("data"));
  advance(while_attaching);
  start();
  CHECK(attached_disks() == json::array({disk("data")}));
  CHECK(disk("data")["isAttached"] == true);
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: refuses an instance that is neither running nor stopped") {
  const auto check = [&](const char* state) {
    const Refused refusal = refused("AttachDisk", attachment("data"));
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message ==
          std::string("You can only attach the disk when the target instance is running or "
                      "stopped. The current state of your instance is: ") +
              state);
  };
  call("StopInstance", {{"instanceName", "web"}});
  check("stopping");
  advance(while_stopping);
  call("StartInstance", {{"instanceName", "web"}});
  check("pending");
  CHECK(disk("data")["state"] == "available");
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk, DetachDisk: refuse a wrong state of the disk and name it") {
  const auto check = [&](const char* action, const json& input, const std::string& verb,
                         const char* state) {
    const Refused refusal = refused(action, input);
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message ==
          "You can't " + verb + " this disk right now. The state of this disk is: " + state);
  };
  create_disk("new");
  check("AttachDisk", attachment("new"), "attach", "pending");
  check("DetachDisk", {{"diskName", "new"}}, "detach", "pending");
  check("DetachDisk", name, "detach", "available");
  stop();
  call("AttachDisk", attachment("data"));
  check("AttachDisk", attachment("data", "/dev/xvdg"), "attach", "attaching");
  check("DetachDisk", name, "detach", "attaching");
  advance(while_attaching);
  check("AttachDisk", attachment("data", "/dev/xvdg"), "attach", "in-use");
  call("DetachDisk", name);
  check("AttachDisk", attachment("data"), "attach", "detaching");
  check("DetachDisk", name, "detach", "detaching");
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: refuses paths other than EC2's device names") {
  for (const char* path : {"/dev/xvda", "/dev/xvde", "/dev/sda1", "/dev/xvd", "/dev/xvdF",
                           "/dev/xvdfa", "/dev/nvme1n1", "/dev/hdf", "xvdf", "/mnt/data"}) {
    const Refused refusal = refused("AttachDisk", attachment("data", path));
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    CHECK(refusal.message == "The disk path is invalid. You must specify a valid disk path.");
  }
  CHECK(disk("data")["state"] == "available");
  give_disk("more", "/dev/sdf");
  CHECK(disk("more")["path"] == "/dev/sdf");
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: refuses a path in use on the instance") {
  give_disk("first", "/dev/xvdf");
  const Refused refusal = refused("AttachDisk", attachment("data", "/dev/xvdf"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "The disk path /dev/xvdf is already in use on the instance web.");
  launch("other");
  advance(while_launching);
  call("AttachDisk", attachment("data", "/dev/xvdf", "other"));
  stop();
  call("DetachDisk", {{"diskName", "first"}});
  advance(while_detaching);
  call("AttachDisk", attachment("first", "/dev/xvdf"));
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: refuses more than fifteen disks on an instance") {
  for (char letter = 'f'; letter < 'f' + 15; ++letter) {
    const std::string path = std::string("/dev/xvd") + letter;
    give_disk(std::string("disk-") + letter, path);
  }
  CHECK(attached_disks().size() == 15);
  const Refused refusal = refused("AttachDisk", attachment("data", "/dev/xvdz"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "You've reached the limit of 15 disks attached to this instance.");
  launch("other");
  advance(while_launching);
  call("AttachDisk", attachment("data", "/dev/xvdz", "other"));
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: refuses a disk of another zone") {
  create_disk("far", {{"availabilityZone", "us-east-1b"}});
  advance(while_disk_pending);
  const Refused refusal = refused("AttachDisk", attachment("far"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "The disk far and the instance web must be in the same Availability Zone.");
}

TEST_CASE_FIXTURE(OneDisk,
                  "AttachDisk, DetachDisk: refuse unknown names and names of other types") {
  CHECK(refused("AttachDisk", attachment("nope")).message == "The Disk does not exist: nope");
  CHECK(refused("AttachDisk", attachment("web")).message == "The Disk does not exist: web");
  const Refused refusal = refused("AttachDisk", attachment("data", "/dev/xvdf", "data"));
  CHECK(refusal.type == "NotFoundException");
  CHECK(refusal.message == "The Instance does not exist: data");
  CHECK(refused("DetachDisk", {{"diskName", "web"}}).message == "The Disk does not exist: web");
  act_as("test", "eu-west-1");
  CHECK(refused("DetachDisk", name).message == "The Disk does not exist: data");
}

TEST_CASE_FIXTURE(OneDisk,
                  "AttachDisk: mounts the disk on research instances if autoMounting is set") {
  launch("lab", {{"blueprintId", "lfr_ubuntu_1_0"}, {"bundleId", "app_standard_xl_1_0"}});
  advance(while_launching);
  json input = attachment("data", "/dev/xvdf", "lab");
  input["autoMounting"] = true;
  call("AttachDisk", input);
  CHECK(disk("data")["autoMountStatus"] == "Pending");
  advance(while_attaching);
  CHECK(disk("data")["autoMountStatus"] == "Mounted");
  CHECK(attached_disks("lab") == json::array({disk("data")}));
  stop("lab");
  call("DetachDisk", name);
  advance(while_detaching);
  CHECK_FALSE(disk("data").contains("autoMountStatus"));
  input["autoMounting"] = false;
  call("AttachDisk", input);
  advance(while_attaching);
  CHECK(disk("data")["autoMountStatus"] == "NotMounted");
}

TEST_CASE_FIXTURE(OneDisk, "AttachDisk: ignores autoMounting on other instances") {
  json input = attachment("data");
  input["autoMounting"] = true;
  call("AttachDisk", input);
  advance(while_attaching);
  CHECK_FALSE(disk("data").contains("autoMountStatus"));
}

TEST_CASE_FIXTURE(OneDisk, "DetachDisk: refuses an instance that is not stopped") {
  call("AttachDisk", attachment("data"));
  advance(while_attaching);
  const auto check = [&](const char* state) {
    const Refused refusal = refused("DetachDisk", name);
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message ==
          std::string("You can only detach the disk when the target instance is stopped. The "
                      "current state of your instance is: ") +
              state);
  };
  check("running");
  call("StopInstance", {{"instanceName", "web"}});
  check("stopping");
  advance(while_stopping);
  call("StartInstance", {{"instanceName", "web"}});
  check("pending");
  CHECK(disk("data")["isAttached"] == true);
}

TEST_CASE_FIXTURE(OneDisk, "DetachDisk: returns two operations and restores the disk's document") {
  const json before = disk("data");
  call("AttachDisk", attachment("data"));
  advance(while_attaching);
  stop();
  const json operations = call("DetachDisk", name)["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "DetachDisk", disk("data"), instance(), "Started");
  CHECK(disk("data")["state"] == "in-use");
  CHECK(disk("data")["attachmentState"] == "detaching");
  CHECK(attached_disks().empty());
  advance(while_detaching - 1);
  CHECK(disk("data")["attachedTo"] == "web");
  advance(1);
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
  CHECK(disk("data") == before);
  call("AttachDisk", attachment("data", "/dev/xvdg"));
  CHECK(attached_disks() == json::array({disk("data")}));
}

TEST_CASE_FIXTURE(OneDisk, "DeleteInstance: detaches the disks first in any state") {
  call("AttachDisk", attachment("data", "/dev/xvdg"));
  give_disk("more", "/dev/xvdf");
  const json web = instance();
  const json data = disk("data");
  const json more = disk("more");
  const json operations = call("DeleteInstance", {{"instanceName", "web"}})["operations"];
  REQUIRE(operations.size() == 5);
  check_pair({operations[0], operations[1]}, "DetachDisk", data, web, "Started");
  check_pair({operations[2], operations[3]}, "DetachDisk", more, web, "Started");
  CHECK(operations[4]["operationType"] == "DeleteInstance");
  CHECK(operations[4]["resourceName"] == "web");
  CHECK(operations[4]["status"] == "Succeeded");
  CHECK_FALSE(operations[4].contains("operationDetails"));
  CHECK(refused("GetInstance", {{"instanceName", "web"}}).type == "NotFoundException");
  CHECK(disk("data")["attachmentState"] == "detaching");
  advance(while_detaching);
  for (const json& one : operations) CHECK(operation(one["id"])["status"] == "Succeeded");
  for (const char* kept : {"data", "more"}) {
    CHECK(disk(kept)["state"] == "available");
    CHECK(disk(kept)["isAttached"] == false);
    CHECK_FALSE(disk(kept).contains("attachedTo"));
    CHECK_FALSE(disk(kept).contains("path"));
  }
  launch("web");
  CHECK(attached_disks().empty());
}

TEST_CASE_FIXTURE(OneDisk, "DeleteInstance: detaches a disk that is being attached") {
  call("AttachDisk", attachment("data"));
  CHECK(call("DeleteInstance", {{"instanceName", "web"}})["operations"].size() == 3);
  advance(while_detaching);
  CHECK(disk("data")["state"] == "available");
}

TEST_CASE("AttachDisk, DetachDisk: complete at once with the instant profile") {
  Machine papersail("instant");
  const json name = {{"diskName", "data"}};
  papersail.create_disk("data");
  const json attached = papersail.call("AttachDisk", Machine::attachment("data"))["operations"];
  check_pair(attached, "AttachDisk", papersail.disk("data"), papersail.instance(), "Succeeded");
  CHECK(papersail.disk("data")["isAttached"] == true);
  CHECK(papersail.attached_disks() == json::array({papersail.disk("data")}));
  papersail.call("StopInstance", {{"instanceName", "web"}});
  papersail.call("DetachDisk", name);
  CHECK(papersail.disk("data")["state"] == "available");
  papersail.call("DeleteDisk", name);
}

TEST_CASE(
    "AttachDisk: removes the disk from the instance when the lifecycle fails the attachment") {
  const Folder folder;
  const std::string file = folder / "profile.json";
  std::ofstream(file) << R"({"base": "realistic", "transitions": [
      {"type": "Disk", "from": "attaching", "after": 2, "to": "available",
       "patch": {"attachmentState": "detached", "attachedTo": null, "path": null},
       "errorCode": "AttachmentFailed", "errorDetails": "The disk did not answer."}]})";
  OneDisk papersail(file);
  const json started = papersail.call("AttachDisk", Machine::attachment("data"))["operations"];
  CHECK(papersail.attached_disks().size() == 1);
  papersail.advance(seconds(2));
  for (const json& one : started) {
    CHECK(papersail.operation(one["id"])["status"] == "Failed");
    CHECK(papersail.operation(one["id"])["errorCode"] == "AttachmentFailed");
  }
  CHECK(papersail.attached_disks().empty());
  CHECK(papersail.call("GetInstances")["instances"][0] == papersail.instance());
  papersail.call("AttachDisk", Machine::attachment("data"));
  CHECK(papersail.attached_disks().size() == 1);
  CHECK(papersail.call("DeleteInstance", {{"instanceName", "web"}})["operations"].size() == 3);
}

}  // namespace papersail
