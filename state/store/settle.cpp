// The part of Store that applies transitions and scheduled changes when they are due.
#include <algorithm>

#include "state/store/store.hpp"

namespace papersail {

std::optional<Millis> Store::due_at(const Resource& resource, std::string_view status,
                                    Millis from) {
  const Transition* row = lifecycle().next(resource.type, resource.name, status);
  if (!row) return std::nullopt;
  schedule_.note_transition(from + row->after);
  return from + row->after;
}

std::optional<Millis> Store::settle(Millis now, std::size_t most) {
  for (;;) {
    auto transition = schedule_.due_transition(now);
    const auto change = schedule_.due_change(transition ? transition->at - 1 : now);
    if (!change && !transition) return std::nullopt;
    if (most-- == 0) return change ? change->at : transition->at;
    if (change) {
      apply(*change);
    } else {
      apply(*transition);
    }
    transaction_.flush();
    if (transaction_.call_is_kept()) changes().keep();
  }
}

void Store::apply(Schedule::DueTransition& due) {
  Resource& resource = due.resource;
  const Transition* row = lifecycle().next(resource.type, resource.name, due.status);
  if (!row) {  // the lifecycle has changed and has no transition now
    schedule_.cancel_transition(resource);
  } else if (!row->to) {
    record_change(resource, due.status, std::nullopt);
    remove_row(resource);
  } else {
    record_change(resource, due.status, *row->to);
    resource.doc.merge_patch(row->patch);
    transaction_.write("UPDATE resources SET doc = ?2, status = ?3, due_at = ?4 WHERE id = ?1",
                       resource.id, resource.doc.text(), *row->to,
                       due_at(resource, *row->to, due.at));
  }
}

void Store::apply(const Schedule::DueChange& due) {
  if (auto resource = find(due.resource)) {
    resource->doc.merge_patch(due.doc_patch);
    resource->internal.merge_patch(due.internal_patch);
    put(*resource, due.at);
  }
  schedule_.end_change(due);
}

}  // namespace papersail
