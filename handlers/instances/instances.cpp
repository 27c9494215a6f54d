// GetInstance, GetInstances, GetInstanceState, StartInstance, StopInstance, RebootInstance,
// DeleteInstance.
#include "handlers/instances/instances.hpp"

#include <map>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/disks/attachment.hpp"
#include "handlers/instances/bundle.hpp"
#include "handlers/instances/disks.hpp"
#include "handlers/instances/health.hpp"
#include "handlers/metrics/runs.hpp"
#include "handlers/networking/addresses.hpp"
#include "handlers/networking/static_ips.hpp"
#include "handlers/snapshots/add_ons.hpp"

namespace papersail {
namespace {

void require_state(const Resource& instance, const char* action, const std::string& state) {
  if (state_of(instance) == state) return;
  // The message follows the recorded errors for disks.
  throw operation_failure(std::string("You can only ") + action + " the instance when it is " +
                          state + ". The current state of your instance is: " + state_of(instance));
}

Resource instance_of(Call& call) {
  return call.get("Instance", call.in["instanceName"]);
}

json get_instance(Call& call) {
  json instance = call.show("Instance", call.in["instanceName"]);
  if (call.flag("includeHealthStatus")) instance = with_health(call, instance_of(call));
  return {{"instance", with_disks(call, std::move(instance))}};
}

json get_instances(Call& call) {
  if (call.flag("includeHealthStatus")) {
    return call.show_list("Instance", "instances", [&](const Resource& instance) {
      return with_disks(call, with_health(call, instance));
    });
  }
  json out = call.show_list("Instance", "instances");
  for (json& instance : out["instances"]) instance = with_disks(call, std::move(instance));
  return out;
}

json get_instance_state(Call& call) {
  return {{"state", instance_of(call).doc.at("state")}};
}

json start_instance(Call& call) {
  Resource instance = instance_of(call);
  require_state(instance, "start", "stopped");
  update_bundle(call, instance);
  set_state(instance, "pending");
  instance.internal["startedAt"] = call.now();
  renew_public_address(call, instance);
  call.put(instance);
  return operations({call.started("StartInstance", instance)});
}

// `force` applies only to an instance that does not leave the state stopping.
json stop_instance(Call& call) {
  Resource instance = instance_of(call);
  const bool stuck = state_of(instance) == "stopping" && call.flag("force");
  if (!stuck) require_state(instance, "stop", "running");
  set_state(instance, stuck ? "stopped" : "stopping");
  renew_public_address(call, instance);
  end_run(instance, call.now());
  call.put(instance);
  return operations({call.started("StopInstance", instance)});
}

// Recorded: the operation completes at once, with empty details; the instance stays running.
json reboot_instance(Call& call) {
  const Resource instance = instance_of(call);
  require_state(instance, "reboot", "running");
  return operations({call.succeeded("RebootInstance", instance, "")});
}

// Allowed in any state, because `terraform destroy` requires it. Disks and the static IP are kept.
// Recorded: the operations of the disks come first.
json delete_instance(Call& call) {
  const Resource instance = instance_of(call);
  require_add_ons_deletable(call, instance);
  std::vector<json> list = detach_disks(call, instance);
  free_static_ip(call, instance);
  call.store.remove(instance);
  list.push_back(call.succeeded("DeleteInstance", instance));
  return operations(std::move(list));
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
  // EC2's state codes.
  static const std::map<std::string, int> codes = {{"pending", 0},        {"running", 16},
                                                   {"shutting-down", 32}, {"terminated", 48},
                                                   {"stopping", 64},      {"stopped", 80}};
  json& state = instance.doc["state"];
  state["code"] = codes.at(name);
  state["name"] = name;
}

void require_running_or_stopped(const Resource& instance, const std::string& action) {
  const std::string state = state_of(instance);
  if (state == "running" || state == "stopped") return;
  throw operation_failure("You can only " + action +
                          " when the target instance is running or stopped. The current state of "
                          "your instance is: " +
                          state);
}

void renew_public_address(Call& call, Resource& instance) {
  if (instance.doc.at("isStaticIp")) return;
  const std::string state = state_of(instance);
  if (state == "stopping" || state == "stopped" || instance.doc.at("ipAddressType") == "ipv6") {
    instance.doc.erase("publicIpAddress");
  } else {
    instance.doc["publicIpAddress"] = public_ipv4(call.ids(), call.region);
  }
}

bool is_windows(const Resource& instance) {
  return blueprint(instance.doc.at("blueprintId")).at("platform") == "WINDOWS";
}

const std::span<const Action> instance_actions = actions;

}  // namespace papersail
