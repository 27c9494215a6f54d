// GetInstance, GetInstances, GetInstanceState, StartInstance, StopInstance, RebootInstance,
// DeleteInstance.
#include "handlers/instances.hpp"

#include <map>

#include "handlers/actions.hpp"
#include "handlers/add_ons.hpp"
#include "handlers/addresses.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instance_bundle.hpp"
#include "handlers/instance_health.hpp"
#include "handlers/runs.hpp"

namespace papersail {
namespace {

void require_state(const Resource& instance, const char* action, const std::string& state) {
  if (state_of(instance) == state) return;
  // In the manner of the recorded refusals for disks.
  throw operation_failure(std::string("You can only ") + action + " the instance when it is " +
                          state + ". The current state of your instance is: " + state_of(instance));
}

Resource instance_of(Call& call) {
  return call.get("Instance", call.in["instanceName"]);
}

json get_instance(Call& call) {
  json instance = call.show("Instance", call.in["instanceName"]);
  if (call.flag("includeHealthStatus")) instance = with_health(call, instance_of(call));
  return {{"instance", instance}};
}

json get_instances(Call& call) {
  json out = call.show_list("Instance", "instances");
  if (call.flag("includeHealthStatus")) {
    for (json& instance : out["instances"]) {
      instance = with_health(call, call.get("Instance", parsed(instance).at("name")));
    }
  }
  return out;
}

json get_instance_state(Call& call) {
  return {{"state", instance_of(call).doc.at("state")}};
}

// A machine gets another public address with each start, unless it has a static one.
json start_instance(Call& call) {
  Resource instance = instance_of(call);
  require_state(instance, "start", "stopped");
  update_bundle(call, instance);
  set_state(instance, "pending");
  instance.secret["startedAt"] = call.now;
  if (!instance.doc.at("isStaticIp") && instance.doc.at("ipAddressType") != "ipv6") {
    instance.doc["publicIpAddress"] = public_ipv4(call.ids(), call.region);
  }
  call.put(instance);
  return operations({call.started("StartInstance", instance)});
}

// `force` is for a machine that hangs in stopping, and for that alone.
json stop_instance(Call& call) {
  Resource instance = instance_of(call);
  const bool stuck = state_of(instance) == "stopping" && call.flag("force");
  if (!stuck) require_state(instance, "stop", "running");
  set_state(instance, stuck ? "stopped" : "stopping");
  if (!instance.doc.at("isStaticIp")) instance.doc.erase("publicIpAddress");
  end_run(instance, call.now);
  call.put(instance);
  return operations({call.started("StopInstance", instance)});
}

// Recorded: over at once, with empty details; the machine stays running.
json reboot_instance(Call& call) {
  const Resource instance = instance_of(call);
  require_state(instance, "reboot", "running");
  return operations({call.succeeded("RebootInstance", instance, "")});
}

// Allowed in any state, as a terraform destroy needs it.
json delete_instance(Call& call) {
  const Resource instance = instance_of(call);
  if (has_active_add_on(instance.doc) && !call.flag("forceDeleteAddOns")) {
    // Recorded (hashicorp/terraform-provider-aws#20650).
    throw invalid_input("You cannot delete the Instance " + instance.name +
                        " with addons. Specify the forceDeleteAddons parameter to delete the "
                        "Instance and its associated addons.");
  }
  call.store.remove(instance);
  return operations({call.succeeded("DeleteInstance", instance)});
}

constexpr Action actions[] = {
    {"DeleteInstance", delete_instance},      {"GetInstance", get_instance},
    {"GetInstanceState", get_instance_state}, {"GetInstances", get_instances},
    {"RebootInstance", reboot_instance},      {"StartInstance", start_instance},
    {"StopInstance", stop_instance},
};

}  // namespace

std::string state_of(const Resource& instance) {
  return instance.doc.at("state").at("name");
}

void set_state(Resource& instance, const std::string& name) {
  // EC2's codes.
  static const std::map<std::string, int> codes = {{"pending", 0},        {"running", 16},
                                                   {"shutting-down", 32}, {"terminated", 48},
                                                   {"stopping", 64},      {"stopped", 80}};
  instance.doc["state"] = {{"code", codes.at(name)}, {"name", name}};
}

bool is_windows(const Resource& instance) {
  return blueprint(instance.doc.at("blueprintId")).at("platform") == "WINDOWS";
}

const std::span<const Action> instance_actions = actions;

}  // namespace papersail
