// AllocateStaticIp, GetStaticIp, GetStaticIps, AttachStaticIp, DetachStaticIp, ReleaseStaticIp.
#include "handlers/networking/static_ips.hpp"

#include <optional>
#include <utility>

#include "handlers/actions.hpp"
#include "handlers/instances/addresses.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/quotas.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

// A static IP has no zone, no state and, unlike all other resources, no tags.
Resource new_static_ip(Call& call) {
  const std::string address = public_ipv4(call.ids(), call.region);
  Resource out = call.new_resource(type::static_ip, call.in["staticIpName"], "all", address);
  out.doc.erase("tags");
  out.doc["ipAddress"] = address;
  out.doc["isAttached"] = false;
  return out;
}

json allocate_static_ip(Call& call) {
  require_quota_for_new(call, type::static_ip);
  Resource static_ip = new_static_ip(call);
  call.create(static_ip);
  return operations({call.succeeded(static_ip)});
}

Resource static_ip_of(Call& call) {
  return call.get(type::static_ip, call.in["staticIpName"]);
}

json get_static_ip(Call& call) {
  return {{"staticIp", call.show(type::static_ip, call.in["staticIpName"])}};
}

json get_static_ips(Call& call) {
  return call.show_list(type::static_ip, "staticIps");
}

void mark_detached(Call& call, Resource& static_ip) {
  static_ip.doc["isAttached"] = false;
  static_ip.doc.erase("attachedTo");
  call.put(static_ip);
}

// The instance gets a new public address now if it is running, otherwise when it starts.
Resource without_static_ip(Call& call, Resource instance) {
  instance.doc["isStaticIp"] = false;
  instance.internal.erase("staticIpName");
  renew_public_address(call, instance);
  call.put(instance);
  return instance;
}

// Returns the instance that the static IP is attached to, or nullopt.
std::optional<Resource> holder_of(Call& call, const Resource& static_ip) {
  if (!static_ip.doc.at("isAttached")) return std::nullopt;
  return call.get(type::instance, static_ip.doc.at("attachedTo"));
}

void require_attachable(const Resource& static_ip, const Resource& instance) {
  if (instance.doc.at("ipAddressType") == "ipv6") {
    throw invalid_input("The instance " + instance.name +
                        " has IPv6 addresses only and cannot have a static IP.");
  }
  require_target_state(instance, "attach the static IP", {"running", "stopped"});
  // The message is recorded from a user's log; the exception's type is not.
  if (static_ip.doc.value("attachedTo", "") == instance.name) {
    throw operation_failure(static_ip.name + " is already attached to " + instance.name);
  }
}

// AWS's CloudFormation handler moves an attached static IP with AttachStaticIp alone, and a tool
// relies on the replacement of an instance's static IP by another. That both have the operations of
// a plain attachment is our choice.
json attach_static_ip(Call& call) {
  Resource static_ip = static_ip_of(call);
  Resource instance = instance_of(call);
  require_attachable(static_ip, instance);
  if (auto former = holder_of(call, static_ip)) without_static_ip(call, *std::move(former));
  free_static_ip(call, instance);
  static_ip.doc.update({{"isAttached", true}, {"attachedTo", instance.name}});
  instance.doc.update({{"isStaticIp", true}, {"publicIpAddress", static_ip.doc.at("ipAddress")}});
  instance.internal["staticIpName"] = static_ip.name;
  call.put(static_ip);
  call.put(instance);
  return operations(call.started_pair(static_ip, instance));
}

json detach_static_ip(Call& call) {
  Resource static_ip = static_ip_of(call);
  auto holder = holder_of(call, static_ip);
  if (!holder) {
    throw operation_failure("The static IP " + static_ip.name + " is not attached to an instance.");
  }
  mark_detached(call, static_ip);
  const Resource instance = without_static_ip(call, *std::move(holder));
  return operations(call.started_pair(static_ip, instance));
}

json release_static_ip(Call& call) {
  const Resource static_ip = static_ip_of(call);
  if (static_ip.doc.at("isAttached")) {
    throw operation_failure("You can't release the static IP " + static_ip.name +
                            " because it is still attached to a Lightsail instance: " +
                            static_ip.doc.at("attachedTo").get<std::string>());
  }
  call.store.remove(static_ip);
  return operations({call.succeeded(static_ip)});
}

constexpr Action actions[] = {
    {"AllocateStaticIp", allocate_static_ip}, {"AttachStaticIp", attach_static_ip},
    {"DetachStaticIp", detach_static_ip},     {"GetStaticIp", get_static_ip},
    {"GetStaticIps", get_static_ips},         {"ReleaseStaticIp", release_static_ip},
};

}  // namespace

std::vector<json> free_static_ip(Call& call, const Resource& instance) {
  if (!instance.doc.at("isStaticIp")) return {};
  Resource static_ip = call.get(type::static_ip, instance.internal.at("staticIpName"));
  mark_detached(call, static_ip);
  return {};
}

const std::span<const Action> static_ip_actions = actions;

}  // namespace papersail
