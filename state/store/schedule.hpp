// The times at which resources change: transitions of their lifecycle, and scheduled patches.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "state/resource.hpp"
#include "state/store/transaction.hpp"
#include "text/json.hpp"
#include "text/time.hpp"

namespace papersail {

class Schedule {
 public:
  // `transaction` must outlive the object.
  explicit Schedule(Transaction& transaction) : transaction_(transaction) {}

  // A patch (RFC 7396) of a resource's document and internal state.
  struct NewChange {
    Millis due;
    json doc_patch;
    json internal_patch;
  };
  // Schedules a patch.
  void add_change(const Resource& resource, Millis due, const json& doc_patch,
                  const json& internal_patch);
  // Returns the scheduled patches of a resource, in order of their times.
  std::vector<NewChange> changes_of(std::int64_t resource);
  // Deletes the scheduled patches of this resource.
  void drop_changes(const Resource& resource);
  // Cancels the resource's next transition. Its lifecycle continues when its status changes.
  void cancel_transition(const Resource& resource);

  // A resource whose transition is due, as stored.
  struct DueTransition {
    Millis at;
    Resource resource;  // without the internal state
    std::string status;
  };
  // A scheduled patch that is due.
  struct DueChange {
    Millis at;
    std::int64_t id;
    std::int64_t resource;
    json doc_patch;
    json internal_patch;
  };
  // Return the earliest one that is due by `now`. A transition comes before a change of the same
  // time.
  std::optional<DueTransition> due_transition(Millis now);
  std::optional<DueChange> due_change(Millis now);
  void end_change(const DueChange& change);

  // Makes the functions that change a resource's schedule call `note` with its id before.
  void note_changes(std::function<void(std::int64_t)> note) { note_ = std::move(note); }

  // Notes that a transition has been written to the table of resources.
  void note_transition(Millis due);
  // Forgets when the next ones are due, after a rollback or a replacement of the database.
  void forget();

 private:
  void note(const Resource& resource) {
    if (note_) note_(resource.id);
  }

  Transaction& transaction_;
  std::function<void(std::int64_t)> note_;
  // No transition or change is due earlier.
  Millis next_transition_ = 0;
  Millis next_change_ = 0;
};

}  // namespace papersail
