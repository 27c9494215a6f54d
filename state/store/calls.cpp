// How the store's calls begin, stand or fall, and are committed.
#include <stdexcept>
#include <utility>

#include "state/store/store.hpp"

namespace papersail {
namespace {

// Ids are reserved in blocks, so that not every call has to store how far it came.
constexpr std::uint64_t reserved_at_once = 4096;

constexpr std::uintmax_t long_log = 4 << 20;

}  // namespace

// When a disk is full, SQLite may undo the whole transaction, calls that were kept included
// (sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
void Store::require_transaction() const {
  if (open_ && !database_.in_transaction()) {
    throw std::runtime_error("what was changed since the last commit could not be written");
  }
}

void Store::open_transaction() {
  require_transaction();
  if (!open_) database_.begin();
  open_ = true;
}

// For a call that goes on, and may be undone yet: the first one of a transaction with it, those
// after it with a savepoint.
void Store::flush_batch() {
  if (batch_.empty()) return;
  if (undo_ == Undo::nothing && open_) {
    require_transaction();
    database_.begin_savepoint();
    undo_ = Undo::savepoint;
  }
  flush_calls();
}

// A failure takes back what others have written since the last commit too, unless there are none or
// a savepoint stands between; as `open_` stays then, `commit` says so.
void Store::flush_calls() try {
  if (batch_.empty()) return;
  if (!open_) undo_ = Undo::transaction;  // there are no others
  open_transaction();
  for (const Write& write : std::exchange(batch_, {})) write.run(database_);
} catch (...) {
  if (undo_ == Undo::nothing) database_.roll_back();
  throw;
}

void Store::end_call() {
  flush_calls();
  if (undo_ == Undo::savepoint) database_.keep_savepoint();
  changes().keep();
  undo_ = Undo::nothing;
  call_has_written_ = false;
  kept_sequence_ = ids_.sequence();
}

void Store::rollback_call() noexcept {
  if (call_has_written_) ++version_;
  batch_.clear();
  changes().undo();
  if (undo_ == Undo::savepoint) {
    database_.undo_savepoint();
  } else if (undo_ == Undo::transaction) {
    database_.roll_back();
    open_ = false;
  }
  undo_ = Undo::nothing;
  call_has_written_ = false;
  ids_.rewind(kept_sequence_);
  next_due_ = 0;
}

void Store::commit() {
  require_transaction();
  end_call();
  std::uint64_t reserved = reserved_sequence_;
  if (ids_.sequence() > reserved) {
    reserved = ids_.sequence() + reserved_at_once;
    open_transaction();
    database_.run("UPDATE account SET sequence = ?1", static_cast<std::int64_t>(reserved));
  }
  database_.commit();
  open_ = false;
  reserved_sequence_ = reserved;  // only now is it in the file
  committed_sequence_ = ids_.sequence();
  logged_ = wal_written_ = true;
}

bool Store::checkpoint_wal() noexcept {
  if (open_ || !std::exchange(logged_, false) || database_.log_size() <= long_log) return false;
  database_.truncate_wal();
  return true;
}

void Store::roll_back() noexcept {
  ++version_;
  open_ = call_has_written_ = false;
  batch_.clear();
  undo_ = Undo::nothing;
  database_.roll_back();
  ids_.rewind(committed_sequence_);
  kept_sequence_ = committed_sequence_;
  next_due_ = 0;
}

}  // namespace papersail
