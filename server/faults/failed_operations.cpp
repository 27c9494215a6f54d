#include "server/faults/failed_operations.hpp"

#include <set>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

// A resource whose lifecycle would go on, and its document before the call, "" if it is new.
struct OnItsWay {
  Resource resource;
  std::string before;
};

std::vector<OnItsWay> on_their_way(Call& call, const Changes& changes) {
  std::vector<OnItsWay> out;
  std::set<std::string> seen;
  for (std::size_t i = changes.kept(); i < changes.list().size(); ++i) {
    const StateChange& change = changes.list()[i];
    if (!seen.insert(change.region + ' ' + change.name).second) continue;
    auto resource = call.store.find(change.region, change.type, change.name);
    if (!resource) continue;
    const std::string status = status_of(*resource);
    if (!call.store.lifecycle().next(change.type, change.name, status)) continue;
    out.push_back({*std::move(resource), change.before});
  }
  return out;
}

// The patch (RFC 7396) that makes `to` of `from`, both objects.
json difference(const json& from, const json& to) {
  json patch = json::object();
  for (const auto& [member, value] : from.items()) {
    if (!to.contains(member)) patch[member] = nullptr;
  }
  for (const auto& [member, value] : to.items()) {
    const auto old = from.find(member);
    const bool both = old != from.end() && old->is_object() && value.is_object();
    if (both) {
      patch[member] = difference(*old, value);
    } else if (old == from.end() || *old != value) {
      patch[member] = value;
    }
  }
  return patch;
}

json patch_of_failure(const OnItsWay& moving) {
  static const json failed = json::parse(*fixture("faults.json")).at("failed");
  if (!moving.before.empty()) return difference(moving.resource.doc, json::parse(moving.before));
  return failed.value(moving.resource.type, json::object());
}

void turn_back(Call& call, const OnItsWay& moving) {
  const Resource& resource = moving.resource;
  const Millis end =
      call.now() +
      call.store.lifecycle().final_outcome(resource.type, resource.name, status_of(resource)).after;
  call.store.hold(resource);
  call.store.change_later(resource, end, patch_of_failure(moving), json::object());
}

// One that is over, from its JSON.
void add_again(Store& store, const json& shown) {
  const auto text = [&](const json& in, const char* member) -> std::string_view {
    const auto found = in.find(member);
    return found == in.end() ? std::string_view() : found->get_ref<const std::string&>();
  };
  const json& location = shown.at("location");
  Operation operation;
  operation.id = text(shown, "id");
  operation.type = text(shown, "operationType");
  operation.region = text(location, "regionName");
  operation.zone = text(location, "availabilityZone");
  operation.resource_name = text(shown, "resourceName");
  operation.resource_type = text(shown, "resourceType");
  if (shown.contains("operationDetails")) operation.details = text(shown, "operationDetails");
  operation.created_at = moment_of(shown.at("createdAt"));
  operation.ends_at = moment_of(shown.at("statusChangedAt"));
  operation.error_code = text(shown, "errorCode");
  operation.error_details = text(shown, "errorDetails");
  store.add(operation);
}

json operations_of(const json& output) {
  const json all = parsed(output);
  if (all.contains("operation")) return json::array({all.at("operation")});
  return all.value("operations", json::array());
}

// Their ids have been given out: they are not drawn again.
void undo_all_but(const json& operations, Store& store) {
  const std::uint64_t sequence = store.ids().sequence();
  store.rollback_call();
  store.ids().rewind(sequence);
  for (const json& operation : operations) add_again(store, operation);
}

}  // namespace

void fail_operations(Call& call, const json& output, const Changes& changes) {
  if (!call.store.call_has_written()) return;
  const auto moving = on_their_way(call, changes);
  for (const auto& one : moving) turn_back(call, one);
  if (moving.empty()) undo_all_but(operations_of(output), call.store);
}

}  // namespace papersail
