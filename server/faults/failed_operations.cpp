#include "server/faults/failed_operations.hpp"

#include <set>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

// A resource with a scheduled transition, and its document before the call ("" if the call created
// it).
struct PendingTransition {
  Resource resource;
  std::string before;
};

std::vector<PendingTransition> pending_transitions(Call& call, const Changes& changes) {
  std::vector<PendingTransition> out;
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

// Returns the merge patch (RFC 7396) that turns object `from` into object `to`.
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

json patch_of_failure(const PendingTransition& pending) {
  static const json failed = parse_json(*fixture("faults.json")).at("failed");
  if (!pending.before.empty()) {
    return difference(pending.resource.doc.parsed(), parse_json(pending.before));
  }
  return failed.value(pending.resource.type, json::object());
}

void schedule_failure(Call& call, const PendingTransition& pending) {
  const Resource& resource = pending.resource;
  const Millis end =
      call.now() +
      call.store.lifecycle().final_outcome(resource.type, resource.name, status_of(resource)).after;
  call.store.schedule().cancel_transition(resource);
  call.store.schedule().add_change(resource, end, patch_of_failure(pending), json::object());
}

// Adds an operation that has ended, from its JSON.
void restore_operation(Store& store, const json& operation_json) {
  const auto text = [&](const json& in, const char* member) -> std::string_view {
    const auto found = in.find(member);
    return found == in.end() ? std::string_view() : found->get_ref<const std::string&>();
  };
  const json& location = operation_json.at("location");
  Operation operation;
  operation.id = text(operation_json, "id");
  operation.type = text(operation_json, "operationType");
  operation.region = text(location, "regionName");
  operation.zone = text(location, "availabilityZone");
  operation.resource_name = text(operation_json, "resourceName");
  operation.resource_type = text(operation_json, "resourceType");
  if (operation_json.contains("operationDetails"))
    operation.details = text(operation_json, "operationDetails");
  operation.created_at = moment_of(operation_json.at("createdAt"));
  operation.ends_at = moment_of(operation_json.at("statusChangedAt"));
  operation.error_code = text(operation_json, "errorCode");
  operation.error_details = text(operation_json, "errorDetails");
  store.operations().add(operation);
}

json operations_of(const json& output) {
  const json all = parse_all(output);
  if (all.contains("operation")) return json::array({all.at("operation")});
  return all.value("operations", json::array());
}

// The response contains the operations' ids, so the id sequence must not go back.
void roll_back_all_but(const json& operations, Store& store) {
  const std::uint64_t sequence = store.ids().sequence();
  store.rollback_call();
  store.ids().rewind(sequence);
  for (const json& operation : operations) restore_operation(store, operation);
}

}  // namespace

void fail_operations(Call& call, const json& output, const Changes& changes) {
  if (!call.store.call_has_written()) return;
  const auto pending = pending_transitions(call, changes);
  for (const auto& one : pending) schedule_failure(call, one);
  if (pending.empty()) roll_back_all_but(operations_of(output), call.store);
}

}  // namespace papersail
