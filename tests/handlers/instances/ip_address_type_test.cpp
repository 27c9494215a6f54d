#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Addressed : Emulator {
  // Has a running dualstack instance "web".
  Addressed() { launch("web"); }

  void launch(const char* name, const json& changes = json::object()) {
    json input = {{"instanceNames", json::array({name})},
                  {"availabilityZone", "us-east-1a"},
                  {"blueprintId", "ubuntu_24_04"},
                  {"bundleId", "nano_3_0"}};
    input.merge_patch(changes);
    call("CreateInstances", input);
    advance(seconds(18));
  }
  static json input(const char* type, const char* name = "web") {
    return {{"resourceType", "Instance"}, {"resourceName", name}, {"ipAddressType", type}};
  }
  json accepted(const char* type) {
    json out = input(type);
    out["acceptBundleUpdate"] = true;
    return call("SetIpAddressType", out);
  }
  json instance(const char* name = "web") {
    return call("GetInstance", {{"instanceName", name}})["instance"];
  }
  // Returns the sources of the rule for this port.
  json sources(int port) {
    const json ports = instance()["networking"]["ports"];
    json out = json::array();
    for (const json& rule : ports) {
      if (rule["fromPort"] != port) continue;
      for (const char* list : {"cidrs", "ipv6Cidrs"}) {
        for (const json& source : rule[list]) out.push_back(source);
      }
    }
    return out;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Addressed,
                  "SetIpAddressType: removes IPv6 and assigns another address when it returns") {
  const json before = instance();
  const json operations = call("SetIpAddressType", input("ipv4"))["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "SetIpAddressType");
  CHECK(operations[0]["resourceName"] == "web");
  CHECK(operations[0]["resourceType"] == "Instance");
  CHECK(operations[0]["status"] == "Succeeded");
  const json without = instance();
  CHECK(without["ipAddressType"] == "ipv4");
  CHECK(without["ipv6Addresses"] == json::array());
  CHECK(without["publicIpAddress"] == before["publicIpAddress"]);
  CHECK(without["bundleId"] == "nano_3_0");

  call("SetIpAddressType", input("dualstack"));
  const json with = instance();
  CHECK(with["ipAddressType"] == "dualstack");
  REQUIRE(with["ipv6Addresses"].size() == 1);
  CHECK(with["ipv6Addresses"] != before["ipv6Addresses"]);
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: changes the bundle to an IPv6 bundle and back") {
  const json before = instance();
  accepted("ipv6");
  const json only = instance();
  CHECK(only["ipAddressType"] == "ipv6");
  CHECK(only["bundleId"] == "nano_ipv6_3_0");
  CHECK_FALSE(only.contains("publicIpAddress"));
  CHECK(only["ipv6Addresses"] == before["ipv6Addresses"]);
  CHECK(only["privateIpAddress"] == before["privateIpAddress"]);

  accepted("ipv4");
  const json back = instance();
  CHECK(back["bundleId"] == "nano_3_0");
  CHECK(back.contains("publicIpAddress"));
  CHECK(back["ipv6Addresses"] == json::array());
  CHECK(back["hardware"] == before["hardware"]);
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: changes to the region's own bundle") {
  act_as("test", "ap-southeast-2");
  launch("web", {{"availabilityZone", "ap-southeast-2a"}, {"bundleId", "micro_3_2"}});
  accepted("ipv6");
  CHECK(instance()["bundleId"] == "micro_ipv6_3_2");
}

TEST_CASE_FIXTURE(Addressed,
                  "SetIpAddressType: adapts rules that are open to all and keeps other sources") {
  call("OpenInstancePublicPorts", {{"instanceName", "web"},
                                   {"portInfo",
                                    {{"fromPort", 443},
                                     {"toPort", 443},
                                     {"protocol", "tcp"},
                                     {"cidrs", {"192.0.2.0/24"}},
                                     {"ipv6Cidrs", {"::/0"}}}}});
  CHECK(sources(80) == json({"0.0.0.0/0", "::/0"}));
  call("SetIpAddressType", input("ipv4"));
  CHECK(sources(80) == json::array({"0.0.0.0/0"}));
  CHECK(sources(443) == json::array({"192.0.2.0/24"}));
  CHECK(instance()["networking"]["ports"][0]["accessFrom"] == "Anywhere (0.0.0.0/0)");
  call("SetIpAddressType", input("dualstack"));
  CHECK(sources(80) == json({"0.0.0.0/0", "::/0"}));
  CHECK(sources(443) == json::array({"192.0.2.0/24"}));
  accepted("ipv6");
  CHECK(sources(80) == json::array({"::/0"}));
  CHECK(sources(443) == json::array({"192.0.2.0/24"}));
  accepted("dualstack");
  CHECK(sources(80) == json({"0.0.0.0/0", "::/0"}));
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: keeps the last source of a rule") {
  call("PutInstancePublicPorts",
       {{"instanceName", "web"},
        {"portInfos",
         json::array(
             {{{"fromPort", 22}, {"toPort", 22}, {"protocol", "tcp"}, {"ipv6Cidrs", {"::/0"}}},
              {{"fromPort", 8}, {"toPort", -1}, {"protocol", "icmp"}}})}});
  call("SetIpAddressType", input("ipv4"));
  CHECK(sources(22) == json::array({"::/0"}));
  accepted("ipv6");
  CHECK(sources(22) == json::array({"::/0"}));
  CHECK(sources(8) == json::array({"0.0.0.0/0"}));  // ICMP has no IPv6 sources
}

TEST_CASE_FIXTURE(Addressed,
                  "SetIpAddressType: assigns IPv4 to a stopped instance at its next start") {
  accepted("ipv6");
  call("StopInstance", {{"instanceName", "web"}});
  advance(seconds(30));
  accepted("dualstack");
  CHECK_FALSE(instance().contains("publicIpAddress"));
  call("StartInstance", {{"instanceName", "web"}});
  CHECK(instance().contains("publicIpAddress"));
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: changes nothing when the type is already set") {
  const json before = instance();
  CHECK(call("SetIpAddressType", input("dualstack"))["operations"].size() == 1);
  CHECK(instance() == before);
}

TEST_CASE_FIXTURE(
    Addressed, "SetIpAddressType: refuses to change the bundle unless acceptBundleUpdate is set") {
  const json before = instance();
  const Refused refusal = refused("SetIpAddressType", input("ipv6"));
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message.find("acceptBundleUpdate") != std::string::npos);
  CHECK(instance() == before);
  accepted("ipv6");
  CHECK(refused("SetIpAddressType", input("dualstack")).message == refusal.message);
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: refuses ipv6 for an instance with a static IP") {
  call("AllocateStaticIp", {{"staticIpName", "ip"}});
  call("AttachStaticIp", {{"staticIpName", "ip"}, {"instanceName", "web"}});
  json request = input("ipv6");
  request["acceptBundleUpdate"] = true;
  const Refused refusal = refused("SetIpAddressType", request);
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "The instance web has a static IP. Detach it before you change the IP address type to "
        "ipv6.");
  const json before = instance();
  call("SetIpAddressType", input("ipv4"));
  CHECK(instance()["publicIpAddress"] == before["publicIpAddress"]);
  CHECK(instance()["isStaticIp"] == true);
  call("DetachStaticIp", {{"staticIpName", "ip"}});
  accepted("ipv6");
}

TEST_CASE_FIXTURE(Addressed,
                  "SetIpAddressType: refuses ipv6 for a bundle without an IPv6 counterpart") {
  launch("old");
  control("PATCH", "/_papersail/accounts/000000000000/resources/us-east-1/old",
          {{"bundleId", "nano_2_0"}});
  json request = input("ipv6", "old");
  request["acceptBundleUpdate"] = true;
  const Refused refusal = refused("SetIpAddressType", request);
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message ==
        "There is no bundle for IPv6-only instances that corresponds to nano_2_0.");
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: refuses an instance that is stopping") {
  call("StopInstance", {{"instanceName", "web"}});
  const Refused refusal = refused("SetIpAddressType", input("ipv4"));
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message.ends_with("The current state of your instance is: stopping"));
}

TEST_CASE_FIXTURE(Addressed, "SetIpAddressType: refuses other types of resources") {
  json disk = input("ipv4");
  disk["resourceType"] = "Disk";
  const Refused other = refused("SetIpAddressType", disk);
  CHECK(other.type == "InvalidInputException");
  CHECK(other.message ==
        "The IP address type cannot be set for resources of the type Disk. It can be set for "
        "Instance, LoadBalancer, and Distribution.");
  json balancer = input("ipv4");
  balancer["resourceType"] = "LoadBalancer";
  CHECK(refused("SetIpAddressType", balancer).message == "The LoadBalancer does not exist: web");
  CHECK(refused("SetIpAddressType", input("ipv4", "nope")).type == "NotFoundException");
  json distribution = input("ipv4");
  distribution["resourceType"] = "Distribution";
  CHECK(refused("SetIpAddressType", distribution).type == "NotFoundException");
  act_as("test", "eu-west-1");
  const Refused elsewhere = refused("SetIpAddressType", distribution);
  CHECK(elsewhere.type == "InvalidInputException");
  CHECK(elsewhere.code == "UnsupportedOperation");
}

}  // namespace papersail
