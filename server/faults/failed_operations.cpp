#include "server/faults/failed_operations.hpp"

#include <algorithm>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

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

// True if the call began a transition of the resource.
bool is_in_transition(const Call& call, const Resource& resource, const Before& before) {
  const std::string status = status_of(resource);
  if (before.resource && status_of(*before.resource) == status) return false;
  return call.store.lifecycle().next(resource.type, resource.name, status) != nullptr;
}

// Returns the patch that ends the creation of a resource.
json failed_state(const std::string& type) {
  static const json failed = parse_json(*fixture("faults.json")).at("failed");
  return failed.value(type, json::object());
}

// Schedules what the resource was before, or its failed state, for the end of its transition. What
// was planned for an earlier time follows then.
void schedule_failure(Call& call, const Resource& resource, const Before& before) {
  const Lifecycle& lifecycle = call.store.lifecycle();
  Schedule& schedule = call.store.schedule();
  const Millis end =
      call.now() + lifecycle.final_outcome(resource.type, resource.name, status_of(resource)).after;
  schedule.cancel_transition(resource);
  schedule.drop_changes(resource);
  if (!before.resource) {
    schedule.add_change(resource, end, failed_state(resource.type), json::object());
    return;
  }
  schedule.add_change(resource, end,
                      difference(resource.doc.parsed(), before.resource->doc.parsed()),
                      difference(resource.internal.parsed(), before.resource->internal.parsed()));
  for (const auto& [due, doc_patch, internal_patch] : before.changes) {
    schedule.add_change(resource, std::max(due, end), doc_patch, internal_patch);
  }
}

}  // namespace

void fail_operations(Call& call, const ChangeSet& changed, Changes& changes) {
  for (const auto& [id, before] : changed) {
    const std::optional<Resource> resource = call.store.find(id);
    if (resource && is_in_transition(call, *resource, before)) {
      schedule_failure(call, *resource, before);
    } else if (resource || before.resource) {
      const Resource& known = resource ? *resource : *before.resource;
      call.store.restore(id, before);
      changes.remove(known.region, known.name);
    }
  }
}

}  // namespace papersail
