#include "state/store/schedule.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace papersail {
namespace {

constexpr Millis never = std::numeric_limits<Millis>::max();

}  // namespace

void Schedule::add_change(const Resource& resource, Millis due, const json& doc_patch,
                          const json& internal_patch) {
  note(resource);
  transaction_.write(
      "INSERT INTO changes (resource, due_at, doc_patch, internal_patch)"
      " VALUES (?1, ?2, ?3, ?4)",
      resource.id, due, doc_patch.dump(), internal_patch.dump());
  next_change_ = std::min(next_change_, due);
}

std::vector<Schedule::NewChange> Schedule::changes_of(std::int64_t resource) {
  Query query = transaction_.read(
      "SELECT due_at, doc_patch, internal_patch FROM changes WHERE resource = ?1"
      " ORDER BY due_at, id",
      resource);
  std::vector<NewChange> out;
  while (query.step()) {
    out.push_back({query.integer(0), parse_json(query.text(1)), parse_json(query.text(2))});
  }
  return out;
}

void Schedule::drop_changes(const Resource& resource) {
  note(resource);
  transaction_.write("DELETE FROM changes WHERE resource = ?1", resource.id);
}

void Schedule::cancel_transition(const Resource& resource) {
  note(resource);
  transaction_.write("UPDATE resources SET due_at = NULL WHERE id = ?1", resource.id);
}

std::optional<Schedule::DueTransition> Schedule::due_transition(Millis now) {
  if (next_transition_ > now) return std::nullopt;
  Query query = transaction_.read(
      "SELECT due_at, id, region, type, name, status, doc FROM resources"
      " WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT 1");
  next_transition_ = query.step() ? query.integer(0) : never;
  if (next_transition_ > now) return std::nullopt;
  return DueTransition{next_transition_,
                       {query.integer(1),
                        std::string(query.text(2)),
                        std::string(query.text(3)),
                        std::string(query.text(4)),
                        Document::of(std::string(query.text(6))),
                        {}},
                       std::string(query.text(5))};
}

std::optional<Schedule::DueChange> Schedule::due_change(Millis now) {
  if (next_change_ > now) return std::nullopt;
  Query query = transaction_.read(
      "SELECT due_at, id, resource, doc_patch, internal_patch FROM changes"
      " ORDER BY due_at, id LIMIT 1");
  next_change_ = query.step() ? query.integer(0) : never;
  if (next_change_ > now) return std::nullopt;
  return DueChange{next_change_, query.integer(1), query.integer(2), parse_json(query.text(3)),
                   parse_json(query.text(4))};
}

void Schedule::end_change(const DueChange& change) {
  transaction_.write("DELETE FROM changes WHERE id = ?1", change.id);
}

void Schedule::note_transition(Millis due) {
  next_transition_ = std::min(next_transition_, due);
}

void Schedule::forget() {
  next_transition_ = next_change_ = 0;
}

}  // namespace papersail
