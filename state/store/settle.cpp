// The part of Store that applies transitions and scheduled changes when they are due.
#include <algorithm>
#include <limits>

#include "state/store/merge_patch.hpp"
#include "state/store/store.hpp"

namespace papersail {
namespace {

constexpr Millis never = std::numeric_limits<Millis>::max();

}  // namespace

std::optional<Millis> Store::due_at(const Resource& resource, std::string_view status,
                                    Millis from) {
  const Transition* row = lifecycle().next(resource.type, resource.name, status);
  if (!row) return std::nullopt;
  note_next_due(from + row->after);
  return from + row->after;
}

void Store::change_later(const Resource& resource, Millis due, const json& doc_patch,
                         const json& internal_patch) {
  write(
      "INSERT INTO changes (resource, due_at, doc_patch, internal_patch)"
      " VALUES (?1, ?2, ?3, ?4)",
      resource.id, due, doc_patch.dump(), internal_patch.dump());
  note_next_due(due);
}

void Store::drop_changes(const Resource& resource) {
  write("DELETE FROM changes WHERE resource = ?1", resource.id);
}

std::optional<Store::Due> Store::next_transition() {
  Query query =
      read("SELECT due_at, id FROM resources WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT 1");
  return query.step() ? std::optional(Due{query.integer(0), query.integer(1)}) : std::nullopt;
}

std::optional<Store::Due> Store::next_change() {
  Query query = read("SELECT due_at, id FROM changes ORDER BY due_at, id LIMIT 1");
  return query.step() ? std::optional(Due{query.integer(0), query.integer(1)}) : std::nullopt;
}

void Store::note_next_due(Millis due) {
  next_due_ = std::min(next_due_, due);
}

std::optional<Millis> Store::settle(Millis now, std::size_t most) {
  while (next_due_ <= now) {
    const auto own = next_transition();
    const auto planned = next_change();
    next_due_ = std::min(own ? own->at : never, planned ? planned->at : never);
    if (next_due_ > now) break;
    if (most-- == 0) return next_due_;
    own && own->at == next_due_ ? transition(*own) : change(*planned);
    flush_calls();
    if (undo_ == Undo::nothing) changes().keep();
  }
  return std::nullopt;
}

void Store::transition(const Due& due) {
  Query query = read("SELECT type, name, status, doc, region FROM resources WHERE id = ?1", due.id);
  query.step();
  Resource resource;
  resource.type = query.text(0);
  resource.name = query.text(1);
  const Transition* row = lifecycle().next(resource.type, resource.name, query.text(2));
  if (!row) {  // the lifecycle has changed and has no transition now
    write("UPDATE resources SET due_at = NULL WHERE id = ?1", due.id);
  } else if (!row->to) {
    record_change(query.text(4), resource.type, resource.name, query.text(2), std::nullopt);
    write("DELETE FROM resources WHERE id = ?1", due.id);
  } else {
    record_change(query.text(4), resource.type, resource.name, query.text(2), *row->to);
    write("UPDATE resources SET doc = ?2, status = ?3, due_at = ?4 WHERE id = ?1", due.id,
          merge_patched(query.text(3), row->patch), *row->to, due_at(resource, *row->to, due.at));
  }
}

void Store::change(const Due& due) {
  Query query = read(
      "SELECT r.id, r.type, r.name, r.doc, r.internal, r.region, c.doc_patch, c.internal_patch"
      " FROM changes c JOIN resources r ON r.id = c.resource WHERE c.id = ?1",
      due.id);
  query.step();
  Resource resource = resource_of(query, query.text(5));
  resource.doc.merge_patch(json::parse(query.text(6)));
  resource.internal.merge_patch(json::parse(query.text(7)));
  put(resource, due.at);
  write("DELETE FROM changes WHERE id = ?1", due.id);
}

}  // namespace papersail
