// CreateInstances.
#include "handlers/instances/creation.hpp"

#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/access.hpp"
#include "handlers/instances/addresses.hpp"
#include "handlers/instances/disks.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/instances/ports.hpp"
#include "handlers/key_pairs/key_pairs.hpp"
#include "handlers/quotas.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr std::size_t longest_user_data = 16 << 10;  // EC2's limit; Lightsail's is not published
// All other requests wait while a call creates its instances. The service's limit is the quota.
constexpr std::size_t most_instances = 1000;

// What a call asks for, checked.
struct Plan {
  const json& blueprint;
  const json& bundle;
  std::string ip_address_type;
  std::string key_pair;

  bool is_windows() const { return blueprint.at("platform") == "WINDOWS"; }
};

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
Document system_disk(const Call& call, const Plan& plan, const std::string& instance) {
  const int size = plan.bundle.at("diskSizeInGb");
  Document out;
  out.set("attachedTo", instance);
  out.set("attachmentState", "attached");
  out.set("createdAt", timestamp(call.now()));
  out.set("iops", iops_of(size));
  out.set("isSystemDisk", true);
  out.set("path", plan.blueprint.at("_systemDiskPath"));
  out.set("sizeInGb", size);
  return out;
}

Document hardware(const Call& call, const Plan& plan, const std::string& instance) {
  Document out;
  out.set("cpuCount", plan.bundle.at("cpuCount"));
  out.set("disks", json::array({system_disk(call, plan, instance).raw()}));
  out.set("ramSizeInGb", plan.bundle.at("ramSizeInGb"));
  return out;
}

Document networking(const Plan& plan) {
  Document transfer;
  transfer.set("gbPerMonthAllocated", plan.bundle.at("transferPerMonthInGb"));
  Document out;
  out.set("monthlyTransfer", transfer);
  out.set("ports", new_instance_ports(plan.blueprint, plan.ip_address_type));
  return out;
}

Document metadata_options(const json& blueprint) {
  Document out;
  out.set("httpEndpoint", "enabled");
  out.set("httpProtocolIpv6", "disabled");
  out.set("httpPutResponseHopLimit", 1);
  out.set("httpTokens", blueprint.at("_httpTokensDefault"));
  out.set("state", "applied");
  return out;
}

Plan plan_of(Call& call, const json& blueprint, const json& bundle) {
  Plan plan{blueprint, bundle, call.in.value("ipAddressType", "dualstack"), ""};
  require_fit(plan.blueprint, plan.bundle);
  require_ip_address_type(plan);
  plan.key_pair = key_pair_for_instances(call, plan.is_windows());
  return plan;
}

void require_few(const Call& call, std::size_t instances) {
  require_quota_for_new(call, type::instance, instances);
  if (instances <= most_instances) return;
  throw invalid_input("A call can create at most " + std::to_string(most_instances) +
                      " instances.");
}

void set_addresses(Call& call, const Plan& plan, Document& doc) {
  doc.set("ipAddressType", plan.ip_address_type);
  const std::string zone = call.in["availabilityZone"];
  doc.set("privateIpAddress", private_ipv4(call, zone));
  if (plan.ip_address_type != "ipv6") {
    doc.set("publicIpAddress", public_ipv4(call.ids(), call.region));
  }
  json ipv6 = json::array();
  if (plan.ip_address_type != "ipv4") ipv6.push_back(public_ipv6(call, zone));
  doc.set("ipv6Addresses", ipv6);
}

// Returns the state that the API does not show. The public key is a copy, because an instance
// outlives its key pair.
Document internal_state(Call& call, const Plan& plan) {
  Document out;
  out.set("startedAt", call.now());
  if (call.in.contains("userData")) out.set("userData", call.in["userData"]);
  if (plan.is_windows()) out.set("password", windows_password(call.ids()));
  if (plan.is_windows() && plan.key_pair != default_key_pair_name) {
    out.set("publicText", call.get(type::key_pair, plan.key_pair).internal.at("publicText"));
  }
  return out;
}

Resource new_instance(Call& call, const Plan& plan, const std::string& name) {
  Resource out = call.new_resource(type::instance, name, call.in["availabilityZone"],
                                   "i-" + call.ids().hex(17));
  out.doc.set("blueprintId", plan.blueprint.at("blueprintId"));
  out.doc.set("blueprintName", plan.blueprint.at("name"));
  out.doc.set("bundleId", plan.bundle.at("bundleId"));
  out.doc.set("isStaticIp", false);
  out.doc.set("hardware", hardware(call, plan, name));
  out.doc.set("networking", networking(plan));
  out.doc.set("username", plan.blueprint.at("_username"));
  out.doc.set("sshKeyName", plan.key_pair);
  out.doc.set("metadataOptions", metadata_options(plan.blueprint));
  set_addresses(call, plan, out.doc);
  add_requested_add_ons(call, out, plan.blueprint);
  set_state(out, "pending");
  out.internal = internal_state(call, plan);
  return out;
}

json create_instances(Call& call) {
  require_valid_creation(call);
  const json& blueprint = active_blueprint(call.in["blueprintId"]);
  const json& bundle = active_bundle(call.region, call.in["bundleId"]);
  std::vector<json> list;
  for (const Resource& instance : new_instances(call, blueprint, bundle)) {
    list.push_back(call.started("CreateInstance", instance));
  }
  return operations(std::move(list));
}

constexpr Action actions[] = {{"CreateInstances", create_instances}};

}  // namespace

void require_valid_creation(const Call& call) {
  require_zone(call.region, call.in["availabilityZone"]);
  if (call.in["instanceNames"].empty()) throw invalid_input("No instance names are given.");
  if (call.text("userData").size() > longest_user_data) {
    throw invalid_input("The user data is larger than 16 KB.");
  }
}

std::vector<Resource> new_instances(Call& call, const json& blueprint, const json& bundle) {
  const Plan plan = plan_of(call, blueprint, bundle);
  const std::vector<std::string> names = call.in["instanceNames"];
  require_few(call, names.size());
  call.require_free(names);
  std::vector<Resource> out;
  for (const auto& name : names) {
    out.push_back(new_instance(call, plan, name));
    call.create(out.back());
  }
  return out;
}

const std::span<const Action> instance_creation_actions = actions;

}  // namespace papersail
