#include "tests/handlers/disks/disks.hpp"
#include "tests/support/invariants.hpp"

namespace papersail {
namespace {

// Has a static IP "address" that is not attached.
struct OneAddress : Machine {
  OneAddress() { call("AllocateStaticIp", name); }
  json static_ip(const std::string& of = "address") {
    return call("GetStaticIp", {{"staticIpName", of}}).at("staticIp");
  }
  static json both(const std::string& static_ip = "address", const std::string& instance = "web") {
    return {{"staticIpName", static_ip}, {"instanceName", instance}};
  }
  void check_failure(const char* action, const json& input, const char* message) {
    const Refused refusal = refused(action, input);
    CHECK(refusal.type == "OperationFailureException");
    CHECK(refusal.message == message);
  }

  const json name = {{"staticIpName", "address"}};
};

}  // namespace

TEST_CASE_FIXTURE(Machine, "AllocateStaticIp: completes at once and creates the document") {
  const json operations = call("AllocateStaticIp", {{"staticIpName", "address"}})["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "AllocateStaticIp");
  CHECK(operations[0]["resourceType"] == "StaticIp");
  CHECK(operations[0]["resourceName"] == "address");
  CHECK(operations[0]["location"] ==
        json({{"availabilityZone", "all"}, {"regionName", "us-east-1"}}));
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK_FALSE(operations[0].contains("operationDetails"));
  json address = call("GetStaticIp", {{"staticIpName", "address"}})["staticIp"];
  const std::string ip = address["ipAddress"];
  CHECK(ip.starts_with("3.80."));
  CHECK(address["supportCode"].get<std::string>().ends_with("/" + ip));
  CHECK(address["arn"].get<std::string>().starts_with(
      "arn:aws:lightsail:us-east-1:000000000000:StaticIp/"));
  for (const char* member : {"ipAddress", "supportCode", "arn"}) address.erase(member);
  CHECK(address == json::parse(R"({"name": "address", "resourceType": "StaticIp",
      "createdAt": 1767225617.9, "isAttached": false,
      "location": {"availabilityZone": "all", "regionName": "us-east-1"}})"));
}

TEST_CASE_FIXTURE(OneAddress, "AllocateStaticIp: refuses invalid and used names") {
  CHECK(refused("AllocateStaticIp", {{"staticIpName", "my address"}})
            .message.starts_with("my address is not a valid resource name."));
  for (const std::string taken : {"address", "web"}) {
    const Refused refusal = refused("AllocateStaticIp", {{"staticIpName", taken}});
    CHECK(refusal.code == "NameExists");
    CHECK(refusal.message == "Some names are already in use: " + taken);
  }
}

TEST_CASE_FIXTURE(OneAddress, "AllocateStaticIp: refuses more than five static IPs in a region") {
  for (const char* more : {"a2", "a3", "a4", "a5"}) {
    call("AllocateStaticIp", {{"staticIpName", more}});
  }
  const Refused refusal = refused("AllocateStaticIp", {{"staticIpName", "a6"}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "Sorry, you've reached your maximum limit of Lightsail Static IPs : 5.\nIf you're new to "
        "Lightsail, please try again later. If the issue persists, please contact Customer "
        "Support.");
  act_as("test", "eu-west-1");
  call("AllocateStaticIp", {{"staticIpName", "a6"}});
  act_as("test");
  call("ReleaseStaticIp", {{"staticIpName", "a3"}});
  call("AllocateStaticIp", {{"staticIpName", "a6"}});
}

TEST_CASE_FIXTURE(OneAddress, "GetStaticIps: returns the region's static IPs, newest first") {
  call("AllocateStaticIp", {{"staticIpName", "second"}});
  CHECK(call("GetStaticIps")["staticIps"] ==
        json::array({static_ip("second"), static_ip("address")}));
  act_as("test", "eu-west-1");
  CHECK(call("GetStaticIps")["staticIps"] == json::array());
}

TEST_CASE_FIXTURE(OneAddress,
                  "AttachStaticIp: changes both documents and returns two completed operations") {
  const json operations = call("AttachStaticIp", both())["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "AttachStaticIp", static_ip(), instance(), "Succeeded");
  CHECK(static_ip()["isAttached"] == true);
  CHECK(static_ip()["attachedTo"] == "web");
  CHECK(instance()["isStaticIp"] == true);
  CHECK(instance()["publicIpAddress"] == static_ip()["ipAddress"]);
  CHECK(call("GetInstanceAccessDetails", {{"instanceName", "web"}})["accessDetails"]["ipAddress"] ==
        static_ip()["ipAddress"]);
}

TEST_CASE_FIXTURE(OneAddress,
                  "AttachStaticIp: keeps the address when the instance stops and starts") {
  call("AttachStaticIp", both());
  const auto check = [&] {
    CHECK(instance()["isStaticIp"] == true);
    CHECK(instance()["publicIpAddress"] == static_ip()["ipAddress"]);
  };
  call("StopInstance", {{"instanceName", "web"}});
  check();
  advance(while_stopping);
  CHECK(instance()["state"]["name"] == "stopped");
  check();
  call("StartInstance", {{"instanceName", "web"}});
  check();
  advance(while_launching);
  check();
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: assigns the address to a stopped instance at once") {
  stop();
  CHECK_FALSE(instance().contains("publicIpAddress"));
  call("AttachStaticIp", both());
  CHECK(instance()["publicIpAddress"] == static_ip()["ipAddress"]);
  call("DetachStaticIp", name);
  CHECK_FALSE(instance().contains("publicIpAddress"));
  start();
  CHECK(instance().contains("publicIpAddress"));
  CHECK(instance()["publicIpAddress"] != static_ip()["ipAddress"]);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: refuses the same instance again") {
  call("AttachStaticIp", both());
  const json before = instance();
  check_failure("AttachStaticIp", both(), "address is already attached to web");
  CHECK(instance() == before);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: moves an attached static IP to another instance") {
  launch("other");
  advance(while_launching);
  const std::string address = static_ip()["ipAddress"];
  call("AttachStaticIp", both());
  const json operations = call("AttachStaticIp", both("address", "other"))["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "AttachStaticIp", static_ip(), instance("other"), "Succeeded");
  CHECK(static_ip()["attachedTo"] == "other");
  CHECK(instance("other")["publicIpAddress"] == address);
  CHECK(instance()["isStaticIp"] == false);
  CHECK(instance().contains("publicIpAddress"));
  CHECK(instance()["publicIpAddress"] != address);
  check_invariants(*this);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: leaves a stopped instance without an address") {
  launch("other");
  call("AttachStaticIp", both());
  stop();
  call("AttachStaticIp", both("address", "other"));
  CHECK_FALSE(instance().contains("publicIpAddress"));
  check_invariants(*this);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: replaces the instance's static IP") {
  call("AllocateStaticIp", {{"staticIpName", "second"}});
  const json free = static_ip();
  call("AttachStaticIp", both());
  const json operations = call("AttachStaticIp", both("second", "web"))["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "AttachStaticIp", static_ip("second"), instance(), "Succeeded");
  CHECK(static_ip() == free);
  CHECK(static_ip("second")["attachedTo"] == "web");
  CHECK(instance()["publicIpAddress"] == static_ip("second")["ipAddress"]);
  call("ReleaseStaticIp", name);
  check_invariants(*this);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: moves and replaces in one call") {
  call("AllocateStaticIp", {{"staticIpName", "second"}});
  launch("other");
  advance(while_launching);
  call("AttachStaticIp", both());
  call("AttachStaticIp", both("second", "other"));
  call("AttachStaticIp", both("address", "other"));
  CHECK(static_ip()["attachedTo"] == "other");
  CHECK(static_ip("second")["isAttached"] == false);
  CHECK(instance()["isStaticIp"] == false);
  check_invariants(*this);
}

TEST_CASE_FIXTURE(OneAddress,
                  "AttachStaticIp: refuses an instance that is neither running nor stopped") {
  call("StopInstance", {{"instanceName", "web"}});
  check_failure("AttachStaticIp", both(),
                "You can only attach the static IP when the target instance is running or "
                "stopped. The current state of your instance is: stopping");
  advance(while_stopping);
  call("StartInstance", {{"instanceName", "web"}});
  check_failure("AttachStaticIp", both(),
                "You can only attach the static IP when the target instance is running or "
                "stopped. The current state of your instance is: pending");
  CHECK(static_ip()["isAttached"] == false);
}

TEST_CASE_FIXTURE(OneAddress, "AttachStaticIp: refuses an IPv6-only instance") {
  launch("six", {{"bundleId", "nano_ipv6_3_0"}, {"ipAddressType", "ipv6"}});
  advance(while_launching);
  const Refused refusal = refused("AttachStaticIp", both("address", "six"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "The instance six has IPv6 addresses only and cannot have a static IP.");
}

TEST_CASE_FIXTURE(OneAddress, "Static IP actions: refuse unknown names and names of other types") {
  for (const char* action : {"GetStaticIp", "DetachStaticIp", "ReleaseStaticIp"}) {
    for (const std::string other : {"nope", "web"}) {
      const Refused refusal = refused(action, {{"staticIpName", other}});
      CHECK(refusal.type == "NotFoundException");
      CHECK(refusal.code == "DoesNotExist");
      CHECK(refusal.message == "The StaticIp does not exist: " + other);
    }
  }
  CHECK(refused("AttachStaticIp", both("web", "web")).message ==
        "The StaticIp does not exist: web");
  CHECK(refused("AttachStaticIp", both("address", "address")).message ==
        "The Instance does not exist: address");
  act_as("test", "eu-west-1");
  CHECK(refused("GetStaticIp", name).type == "NotFoundException");
}

TEST_CASE_FIXTURE(OneAddress, "DetachStaticIp: assigns another address to the instance") {
  const json before = static_ip();
  call("AttachStaticIp", both());
  const json operations = call("DetachStaticIp", name)["operations"];
  REQUIRE(operations.size() == 2);
  check_pair(operations, "DetachStaticIp", static_ip(), instance(), "Succeeded");
  CHECK(static_ip() == before);
  CHECK(instance()["isStaticIp"] == false);
  CHECK(instance()["publicIpAddress"] != before["ipAddress"]);
  check_failure("DetachStaticIp", name, "The static IP address is not attached to an instance.");
  call("AttachStaticIp", both());
  CHECK(instance()["publicIpAddress"] == before["ipAddress"]);
}

TEST_CASE_FIXTURE(
    OneAddress,
    "DetachStaticIp: is allowed in any state and leaves a stopping instance without an address") {
  call("AttachStaticIp", both());
  call("StopInstance", {{"instanceName", "web"}});
  call("DetachStaticIp", name);
  CHECK_FALSE(instance().contains("publicIpAddress"));
  advance(while_stopping);
  call("AttachStaticIp", both());
  call("StartInstance", {{"instanceName", "web"}});
  call("DetachStaticIp", name);
  CHECK(instance().contains("publicIpAddress"));
}

TEST_CASE_FIXTURE(OneAddress,
                  "ReleaseStaticIp: completes at once and refuses an attached static IP") {
  call("AttachStaticIp", both());
  check_failure("ReleaseStaticIp", name,
                "You can't release the static IP address because it is still attached to a "
                "Lightsail instance: web");
  call("DetachStaticIp", name);
  const json operations = call("ReleaseStaticIp", name)["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "ReleaseStaticIp");
  CHECK(operations[0]["resourceType"] == "StaticIp");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(refused("GetStaticIp", name).type == "NotFoundException");
  CHECK(call("GetStaticIps")["staticIps"].empty());
}

TEST_CASE_FIXTURE(OneAddress, "DeleteInstance: detaches and keeps the static IP") {
  const json before = static_ip();
  call("AttachStaticIp", both());
  CHECK(call("DeleteInstance", {{"instanceName", "web"}})["operations"].size() == 1);
  CHECK(static_ip() == before);
  launch("next");
  advance(while_launching);
  call("AttachStaticIp", both("address", "next"));
  CHECK(instance("next")["publicIpAddress"] == before["ipAddress"]);
}

TEST_CASE_FIXTURE(OneAddress, "TagResource: refuses a static IP") {
  const json tags = json::parse(R"([{"key": "env"}])");
  CHECK(refused("TagResource", {{"resourceName", "address"}, {"tags", tags}}).type ==
        "InvalidInputException");
}

}  // namespace papersail
