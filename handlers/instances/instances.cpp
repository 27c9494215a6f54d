// GetInstance, GetInstances, GetInstanceState, StartInstance, StopInstance, RebootInstance,
// DeleteInstance.
#include "handlers/instances/instances.hpp"

#include <map>

#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/addresses.hpp"
#include "handlers/instances/bundle.hpp"
#include "handlers/instances/deletion.hpp"
#include "handlers/instances/disks.hpp"
#include "handlers/instances/health.hpp"
#include "handlers/metrics/runs.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json get_instance(Call& call) {
  Document instance = call.document(type::instance, call.in["instanceName"]);
  if (call.flag("includeHealthStatus")) instance = with_health(call, instance_of(call));
  return {{"instance", with_disks(call, std::move(instance)).raw()}};
}

json get_instances(Call& call) {
  return call.show_list(type::instance, "instances", [&](Resource instance) {
    Document shown =
        call.flag("includeHealthStatus") ? with_health(call, instance) : std::move(instance.doc);
    return with_disks(call, std::move(shown)).raw();
  });
}

json get_instance_state(Call& call) {
  return {{"state", call.document(type::instance, call.in["instanceName"]).at("state")}};
}

json start_instance(Call& call) {
  Resource instance = instance_of(call);
  require_state(instance, "start", {"stopped"});
  update_bundle(call, instance);
  set_state(instance, "pending");
  instance.internal["startedAt"] = call.now();
  renew_public_address(call, instance);
  call.put(instance);
  return operations({call.started(instance)});
}

// `force` applies only to an instance that does not leave the state stopping.
json stop_instance(Call& call) {
  Resource instance = instance_of(call);
  const bool stuck = state_of(instance) == "stopping" && call.flag("force");
  if (!stuck) require_state(instance, "stop", {"running"});
  set_state(instance, stuck ? "stopped" : "stopping");
  renew_public_address(call, instance);
  end_run(instance, call.now());
  call.put(instance);
  return operations({call.started(instance)});
}

// Recorded: the operation completes at once, with empty details; the instance stays running.
json reboot_instance(Call& call) {
  const Resource instance = instance_of(call);
  require_state(instance, "reboot", {"running"});
  return operations({call.succeeded(instance, "")});
}

// Allowed in any state, because `terraform destroy` requires it. Disks and the static IP are kept.
json delete_instance(Call& call) {
  const Resource instance = instance_of(call);
  require_add_ons_deletable(call, instance);
  std::vector<json> list;
  for (const InstanceDetachment detach : instance_detachments) {
    for (json& one : detach(call, instance)) list.push_back(std::move(one));
  }
  call.store.remove(instance);
  list.push_back(call.succeeded(instance));
  return operations(std::move(list));
}

constexpr Action actions[] = {
    {"DeleteInstance", delete_instance},      {"GetInstance", get_instance},
    {"GetInstanceState", get_instance_state}, {"GetInstances", get_instances},
    {"RebootInstance", reboot_instance},      {"StartInstance", start_instance},
    {"StopInstance", stop_instance},
};

}  // namespace

Resource instance_of(Call& call) {
  return call.get(type::instance, call.in["instanceName"]);
}

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
