// SetIpAddressType.
#include "handlers/actions.hpp"
#include "handlers/instances/addresses.hpp"
#include "handlers/instances/bundle.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/instances/ports.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

void require_switchable(const Call& call, const Resource& instance, bool changes_bundle) {
  require_target_state(instance, "set the IP address type", {"running", "stopped"});
  if (!changes_bundle) return;
  if (instance.doc.at("isStaticIp")) {  // documented
    throw invalid_input("The instance " + instance.name +
                        " has a static IP. Detach it before you change the IP address type to "
                        "ipv6.");
  }
  if (!call.flag("acceptBundleUpdate")) {  // documented; the message is papersail's own
    throw invalid_input("The bundle of the instance " + instance.name +
                        " changes with its IP address type when you change from or to ipv6. "
                        "Specify the acceptBundleUpdate parameter to accept the new bundle.");
  }
}

// Documented: enabling IPv6 again assigns another address. The instance has a public IPv4 address
// only while it is running.
void set_addresses(Call& call, Document& doc, bool running) {
  const std::string type = doc.at("ipAddressType");
  json& ipv6 = doc["ipv6Addresses"];
  if (type == "ipv4") {
    ipv6 = json::array();
  } else if (ipv6.empty()) {
    ipv6 = json::array({public_ipv6(call, doc.at("location").value("availabilityZone", ""))});
  }
  if (type == "ipv6") {
    doc.erase("publicIpAddress");
  } else if (running && !doc.contains("publicIpAddress")) {
    doc["publicIpAddress"] = public_ipv4(call.ids(), call.region);
  }
}

void set_instance(Call& call, Resource& instance, const std::string& to) {
  const std::string from = instance.doc.at("ipAddressType");
  if (from == to) return;
  const bool changes_bundle = from == "ipv6" || to == "ipv6";
  require_switchable(call, instance, changes_bundle);
  if (changes_bundle) switch_bundle(call, instance, to == "ipv6");
  instance.doc["ipAddressType"] = to;
  set_addresses(call, instance.doc, state_of(instance) == "running");
  follow_ip_address_type(instance.doc, from, to);
}

// Load balancers and distributions always have IPv4.
void set_other(Resource& resource, const std::string& to) {
  if (to == "ipv6") {
    throw invalid_input("The IP address type ipv6 is not supported for the " + resource.type + " " +
                        resource.name + ". It must be dualstack or ipv4.");
  }
  resource.doc["ipAddressType"] = to;
}

void require_settable(const Call& call, const std::string& type) {
  if (type != type::instance && type != type::load_balancer && type != type::distribution) {
    throw invalid_input("The IP address type cannot be set for resources of the type " + type +
                        ". It can be set for Instance, LoadBalancer, and Distribution.");
  }
  if (type == type::distribution && call.region != "us-east-1") {
    // The message is recorded for domains (clouddrove/terraform-aws-lightsail#12).
    throw invalid_input(
        "Distribution-related APIs are only available in the us-east-1 Region. Please set your "
        "Region configuration to us-east-1 to create, view, or edit these resources.",
        "UnsupportedOperation");
  }
}

// Setting the present type is no error.
json set_ip_address_type(Call& call) {
  const std::string type = call.in["resourceType"];
  require_settable(call, type);
  Resource resource = call.get(type, call.in["resourceName"]);
  const std::string to = call.in["ipAddressType"];
  type == type::instance ? set_instance(call, resource, to) : set_other(resource, to);
  call.put(resource);
  return operations({call.succeeded(resource)});
}

constexpr Action actions[] = {{"SetIpAddressType", set_ip_address_type}};

}  // namespace

const std::span<const Action> ip_address_type_actions = actions;

}  // namespace papersail
