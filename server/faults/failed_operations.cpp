#include "server/faults/failed_operations.hpp"

#include <algorithm>
#include <utility>

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

Outcome outcome_of(const Call& call, const Resource& resource) {
  return call.store.lifecycle().final_outcome(resource.type, resource.name, status_of(resource));
}

// Returns the patch that ends the creation of a resource.
json failed_state(const std::string& type) {
  static const json failed = parse_json(*fixture("faults.json")).at("failed");
  return failed.value(type, json::object());
}

// The patches that undo what a call has changed of a resource.
struct Undo {
  json doc_patch;
  json internal_patch;
};

Undo undo_of(const Resource& resource, const Before& before) {
  if (!before.resource) return {failed_state(resource.type), json::object()};
  return {difference(resource.doc.parsed(), before.resource->doc.parsed()),
          difference(resource.internal.parsed(), before.resource->internal.parsed())};
}

Millis end_of_transition(const Call& call, const Resource& resource) {
  return call.now() + outcome_of(call, resource).after;
}

// Schedules the patches. What was planned for an earlier time follows then.
void schedule_undo(Call& call, const Resource& resource, const Before& before, const Undo& undo,
                   Millis end) {
  Schedule& schedule = call.store.schedule();
  if (before.resource) schedule.drop_changes(resource);
  schedule.add_change(resource, end, undo.doc_patch, undo.internal_patch);
  for (const auto& [due, doc_patch, internal_patch] : before.changes) {
    schedule.add_change(resource, std::max(due, end), doc_patch, internal_patch);
  }
}

void restore(Call& call, std::int64_t id, const Before& before, Changes& changes) {
  const std::optional<Resource> resource = call.store.find(id);
  if (!resource && !before.resource) return;
  const Resource& known = resource ? *resource : *before.resource;
  call.store.restore(id, before);
  changes.remove(known.region, known.name);
}

// Returns the patch without the state, which the lifecycle's row sets.
json without_state(json patch, const std::string& type) {
  const auto state = status_pointer(type);
  if (!state) return patch;
  const std::string path = state->to_string();  // "/state/name" or "/state"
  patch.erase(path.substr(1, path.find('/', 1) - 1));
  return patch;
}

// Returns the end of the transitions that the lifecycle fails; nullopt if there is none.
std::optional<Millis> end_of_failed_transitions(Call& call, const ChangeSet& changed) {
  std::optional<Millis> out;
  for (const auto& [id, before] : changed) {
    const auto resource = call.store.find(id);
    if (!resource || !is_in_transition(call, *resource, before)) continue;
    if (outcome_of(call, *resource).error_code.empty()) continue;
    out = std::max(out.value_or(0), end_of_transition(call, *resource));
  }
  return out;
}

bool has_deleted(Call& call, const ChangeSet& changed) {
  return std::any_of(changed.begin(), changed.end(), [&](const auto& entry) {
    return entry.second.resource && !call.store.find(entry.first);
  });
}

}  // namespace

void fail_operations(Call& call, const ChangeSet& changed, Changes& changes) {
  for (const auto& [id, before] : changed) {
    const std::optional<Resource> resource = call.store.find(id);
    if (resource && is_in_transition(call, *resource, before)) {
      schedule_undo(call, *resource, before, undo_of(*resource, before),
                    end_of_transition(call, *resource));
      call.store.schedule().cancel_transition(*resource);
    } else {
      restore(call, id, before, changes);
    }
  }
}

void prepare_failed_transitions(Call& call, const ChangeSet& changed) {
  const std::optional<Millis> end = end_of_failed_transitions(call, changed);
  if (!end || has_deleted(call, changed)) return;
  for (const auto& [id, before] : changed) {
    const Resource resource = *call.store.find(id);
    if (!before.resource && !is_in_transition(call, resource, before)) continue;
    Undo undo = undo_of(resource, before);
    undo.doc_patch = without_state(std::move(undo.doc_patch), resource.type);
    schedule_undo(call, resource, before, undo, *end);
  }
}

}  // namespace papersail
