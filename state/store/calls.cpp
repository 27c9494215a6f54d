// The part of Store that ends, rolls back and commits calls.
#include <stdexcept>
#include <utility>

#include "state/store/store.hpp"

namespace papersail {
namespace {

// The sequence number of the ids is stored in blocks, so that most commits need not write it.
constexpr std::uint64_t reserved_at_once = 4096;

constexpr std::uintmax_t long_log = 4 << 20;

}  // namespace

// If the disk is full, SQLite may roll back the whole transaction, including calls that succeeded
// (sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
void Store::require_transaction() const {
  if (open_ && !database_.in_transaction()) {
    throw std::runtime_error("the changes since the last commit could not be written");
  }
}

void Store::open_transaction() {
  require_transaction();
  if (!open_) database_.begin();
  open_ = true;
}

// Writes the batch of a call that goes on, and so may still fail. The first call of a transaction
// is then rolled back with the transaction, a later one to a savepoint.
void Store::flush_batch() {
  if (batch_.empty()) return;
  if (undo_ == Undo::nothing && open_) {
    require_transaction();
    database_.begin_savepoint();
    undo_ = Undo::savepoint;
  }
  flush_calls();
}

// If a write fails without a savepoint, the whole transaction is rolled back, including earlier
// calls of the group. `open_` stays set so that `commit` reports it.
void Store::flush_calls() try {
  if (batch_.empty()) return;
  if (!open_) undo_ = Undo::transaction;  // this call is the first one of the transaction
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
  call_start_sequence_ = ids_.sequence();
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
  ids_.rewind(call_start_sequence_);
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
  reserved_sequence_ = reserved;  // it is in the file only now
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
  changes().undo();
  undo_ = Undo::nothing;
  database_.roll_back();
  ids_.rewind(committed_sequence_);
  call_start_sequence_ = committed_sequence_;
  next_due_ = 0;
}

}  // namespace papersail
