// The part of Store that records what a call changes, and undoes it.
#include "state/store/change_set.hpp"

#include "state/store/store.hpp"

namespace papersail {

void Store::record_changes(ChangeSet* set) {
  change_set_ = set;
  schedule_.note_changes({});
  if (set) schedule_.note_changes([this](std::int64_t id) { note_before(id); });
}

void Store::note_before(std::int64_t id) {
  if (!change_set_ || change_set_->contains(id)) return;
  Before before{find(id), std::nullopt, schedule_.changes_of(id)};
  Query query = transaction_.read("SELECT due_at FROM resources WHERE id = ?1", id);
  if (query.step()) before.due_at = query.maybe_integer(0);
  change_set_->emplace(id, std::move(before));
}

void Store::restore(std::int64_t id, const Before& before) {
  transaction_.write("DELETE FROM resources WHERE id = ?1", id);  // and its scheduled changes
  last_id_.reset();
  if (!before.resource) return;
  insert(*before.resource, before.due_at);
  if (before.due_at) schedule_.note_transition(*before.due_at);
  for (const auto& change : before.changes) {
    schedule_.add_change(*before.resource, change.due, change.doc_patch, change.internal_patch);
  }
}

}  // namespace papersail
