#include "state/store/transaction.hpp"

#include <stdexcept>

namespace papersail {

// If the disk is full, SQLite may roll back the whole transaction, including calls that succeeded
// (sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
void Transaction::require_transaction() const {
  if (is_open_ && !database_.in_transaction()) {
    throw std::runtime_error("the changes since the last commit could not be written");
  }
}

void Transaction::begin() {
  require_transaction();
  if (!is_open_) database_.begin();
  is_open_ = true;
}

// Runs the writes of a call that goes on, and so may still fail. The first call of a transaction
// is then rolled back with the transaction, a later one to a savepoint.
void Transaction::flush_open_call() {
  if (batch_.empty()) return;
  if (undo_ == Undo::nothing && is_open_) {
    require_transaction();
    database_.begin_savepoint();
    undo_ = Undo::savepoint;
  }
  flush();
}

// If a write fails without a savepoint, the whole transaction is rolled back, including earlier
// calls of the group. `is_open_` stays set so that `commit` reports it.
void Transaction::flush() try {
  if (batch_.empty()) return;
  if (!is_open_) undo_ = Undo::transaction;  // this call is the first one of the transaction
  begin();
  batch_.flush(database_);
} catch (...) {
  if (undo_ == Undo::nothing) database_.roll_back();
  throw;
}

void Transaction::end_call() {
  flush();
  if (undo_ == Undo::savepoint) database_.keep_savepoint();
  undo_ = Undo::nothing;
  has_written_ = false;
}

void Transaction::rollback_call() noexcept {
  if (has_written_) ++version_;
  batch_.clear();
  if (undo_ == Undo::savepoint) {
    database_.undo_savepoint();
  } else if (undo_ == Undo::transaction) {
    database_.roll_back();
    is_open_ = false;
  }
  undo_ = Undo::nothing;
  has_written_ = false;
}

void Transaction::commit() {
  require_transaction();
  end_call();
  database_.commit();
  is_open_ = false;
}

void Transaction::roll_back() noexcept {
  ++version_;
  is_open_ = has_written_ = false;
  batch_.clear();
  undo_ = Undo::nothing;
  database_.roll_back();
}

}  // namespace papersail
