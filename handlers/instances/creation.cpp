// CreateInstances.
#include "handlers/instances/creation.hpp"

#include <algorithm>
#include <map>

#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/disks/disks.hpp"
#include "handlers/instances/access.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/instances/ports.hpp"
#include "handlers/key_pairs/key_pairs.hpp"
#include "handlers/networking/addresses.hpp"
#include "handlers/quotas.hpp"
#include "handlers/snapshots/add_ons.hpp"

namespace papersail {
namespace {

constexpr std::size_t longest_user_data = 16 << 10;  // EC2's limit; Lightsail's is not published
// All other requests wait while a call creates its instances. The service's limit is the quota.
constexpr std::size_t most_instances = 1000;

// The data shared by all instances of one blueprint, bundle and address type in a region.
struct Plan {
  json blueprint;
  json bundle;
  std::string ip_address_type;
  bool windows = false;
  // Raw texts (`ready`), because they are large and always the same.
  json networking;
  json metadata_options;
  // The text of `hardware` without `createdAt` and `attachedTo` of the system disk.
  std::string hardware;
  std::size_t system_disk = 0;  // offset of that disk's first member
};

bool contains(const json& list, const json& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Documented: each of these is refused. The messages are papersail's own.
void require_fit(const json& blueprint, const json& bundle) {
  const std::string names = "The bundle " + bundle.at("bundleId").get<std::string>() +
                            " cannot be used with the blueprint " +
                            blueprint.at("blueprintId").get<std::string>() + ": ";
  if (!contains(bundle.at("supportedPlatforms"), blueprint.at("platform"))) {
    throw invalid_input(names + "it does not support the platform " +
                        blueprint.at("platform").get<std::string>() + ".");
  }
  if (bundle.at("power") < blueprint.at("minPower")) {
    throw invalid_input(names + "its power is " + bundle.at("power").dump() + ", at least " +
                        blueprint.at("minPower").dump() + " is needed.");
  }
  const bool research = contains(bundle.value("supportedAppCategories", json::array()), "LfR");
  if (research != (blueprint.value("appCategory", "") == "LfR")) {
    throw invalid_input(names + "only one of them is for Lightsail for Research.");
  }
}

void require_ip_address_type(const Plan& plan) {
  const bool only_ipv6 = plan.bundle.value("publicIpv4AddressCount", 1) == 0;
  if (only_ipv6 != (plan.ip_address_type == "ipv6")) {
    throw invalid_input("The bundle " + plan.bundle.at("bundleId").get<std::string>() +
                        " does not support the IP address type " + plan.ip_address_type + ".");
  }
}

// The system disk is shown without a name and an ARN.
json hardware(const Plan& plan) {
  const int size = plan.bundle.at("diskSizeInGb");
  json disks = json::array();
  disks.push_back({{"sizeInGb", size},
                   {"isSystemDisk", true},
                   {"iops", iops_of(size)},
                   {"path", plan.blueprint.at("_systemDiskPath")},
                   {"attachmentState", "attached"}});
  return {{"cpuCount", plan.bundle.at("cpuCount")},
          {"ramSizeInGb", plan.bundle.at("ramSizeInGb")},
          {"disks", disks}};
}

json networking(const Plan& plan) {
  return {{"monthlyTransfer", {{"gbPerMonthAllocated", plan.bundle.at("transferPerMonthInGb")}}},
          {"ports", new_instance_ports(default_ports(plan.blueprint), plan.ip_address_type)}};
}

json metadata_options(const json& blueprint) {
  return {{"state", "applied"},
          {"httpTokens", blueprint.at("_httpTokensDefault")},
          {"httpEndpoint", "enabled"},
          {"httpPutResponseHopLimit", 1},
          {"httpProtocolIpv6", "disabled"}};
}

Plan new_plan(const Call& call, const std::string& blueprint_id) {
  Plan plan;
  plan.blueprint = blueprint(blueprint_id);
  plan.bundle = bundle(call.region, call.in["bundleId"]);
  plan.ip_address_type = call.in.value("ipAddressType", "dualstack");
  plan.windows = plan.blueprint.at("platform") == "WINDOWS";
  require_fit(plan.blueprint, plan.bundle);
  require_ip_address_type(plan);
  plan.hardware = hardware(plan).dump();
  plan.system_disk = plan.hardware.find("[{") + 2;
  plan.networking = ready(networking(plan).dump());
  plan.metadata_options = ready(metadata_options(plan.blueprint).dump());
  return plan;
}

// Plans are cached: making one costs as much as the rest of a call.
const Plan& plan_of(const Call& call, const std::string& blueprint_id) {
  thread_local std::map<std::string, Plan> plans;
  const std::string key = call.region + ' ' + blueprint_id + ' ' + call.text("bundleId") + ' ' +
                          call.text("ipAddressType");
  const auto found = plans.find(key);
  return found != plans.end() ? found->second
                              : plans.emplace(key, new_plan(call, blueprint_id)).first->second;
}

void require_valid(const Call& call) {
  require_zone(call.region, call.in["availabilityZone"]);
  if (call.in["instanceNames"].empty()) throw invalid_input("No instance names are given.");
  if (call.text("userData").size() > longest_user_data) {
    throw invalid_input("The user data is larger than 16 KB.");
  }
}

void require_few(const Call& call, std::size_t instances) {
  require_quota_for_new(call, "Instance", instances);
  if (instances <= most_instances) return;
  throw invalid_input("A call can create at most " + std::to_string(most_instances) +
                      " instances.");
}

void give_addresses(Call& call, const Plan& plan, json& doc) {
  doc["ipAddressType"] = plan.ip_address_type;
  doc["privateIpAddress"] = private_ipv4(call.ids());
  if (plan.ip_address_type != "ipv6") {
    doc["publicIpAddress"] = public_ipv4(call.ids(), call.region);
  }
  if (plan.ip_address_type != "ipv4") {
    doc["ipv6Addresses"].push_back(public_ipv6(call.ids(), call.region));
  }
}

void give_add_ons(const Call& call, const Plan& plan, json& doc) {
  if (!call.in.contains("addOns")) return;
  json add_ons = new_add_ons(call, plan.blueprint);
  if (!add_ons.empty()) doc["addOns"] = std::move(add_ons);
}

// Returns the state that the API does not show. The public key is a copy, because an instance
// outlives its key pair.
json internal_state(Call& call, const Plan& plan, const std::string& key_pair) {
  json out;
  out["startedAt"] = call.now();
  if (call.in.contains("userData")) out["userData"] = call.in["userData"];
  if (plan.windows) out["password"] = windows_password(call.ids());
  if (plan.windows && key_pair != default_key_pair_name) {
    out["publicText"] = call.get("KeyPair", key_pair).internal.at("publicText");
  }
  return out;
}

json hardware_of(const Plan& plan, const std::string& instance, Millis now) {
  std::string disk = "\"attachedTo\":";
  append_string(disk, instance);
  disk += ",\"createdAt\":";
  append_timestamp(disk, now);
  disk += ',';
  std::string out = plan.hardware;
  return ready(out.insert(plan.system_disk, disk));
}

Resource new_instance(Call& call, const Plan& plan, const std::string& name,
                      const std::string& key_pair) {
  Resource out =
      call.new_resource("Instance", name, call.in["availabilityZone"], "i-" + call.ids().hex(17));
  json& doc = out.doc;
  doc["blueprintId"] = plan.blueprint.at("blueprintId");
  doc["blueprintName"] = plan.blueprint.at("name");
  doc["bundleId"] = plan.bundle.at("bundleId");
  doc["isStaticIp"] = false;
  doc["hardware"] = hardware_of(plan, name, call.now());
  doc["networking"] = plan.networking;
  doc["username"] = plan.blueprint.at("_username");
  doc["sshKeyName"] = key_pair;
  doc["metadataOptions"] = plan.metadata_options;
  give_addresses(call, plan, out.doc);
  give_add_ons(call, plan, out.doc);
  set_state(out, "pending");
  out.internal = internal_state(call, plan, key_pair);
  return out;
}

json create_instances(Call& call) {
  std::vector<json> list;
  for (const Resource& instance : new_instances(call, call.in["blueprintId"])) {
    list.push_back(call.started("CreateInstance", instance));
  }
  return operations(std::move(list));
}

constexpr Action actions[] = {{"CreateInstances", create_instances}};

}  // namespace

std::vector<Resource> new_instances(Call& call, const std::string& blueprint_id) {
  require_valid(call);
  const Plan& plan = plan_of(call, blueprint_id);
  const std::string key_pair = key_pair_for_instances(call, plan.windows);
  const std::vector<std::string> names = call.in["instanceNames"];
  require_few(call, names.size());
  call.require_free(names);
  std::vector<Resource> out;
  for (const auto& name : names) {
    out.push_back(new_instance(call, plan, name, key_pair));
    call.create(out.back());
  }
  return out;
}

const std::span<const Action> instance_creation_actions = actions;

}  // namespace papersail
