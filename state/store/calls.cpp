// The part of Store that ends, rolls back and commits calls.
#include "state/store/store.hpp"

namespace papersail {
namespace {

// The sequence number of the ids is stored in blocks, so that most commits need not write it.
constexpr std::uint64_t reserved_at_once = 4096;

constexpr std::uintmax_t long_wal = 4 << 20;

}  // namespace

void Store::end_call() {
  transaction_.end_call();
  changes().keep();
  call_start_sequence_ = ids_.sequence();
  free_names_.clear();
}

void Store::rollback_call() noexcept {
  transaction_.rollback_call();
  changes().undo();
  ids_.rewind(call_start_sequence_);
  forget_cached();
}

void Store::commit() {
  std::uint64_t reserved = reserved_sequence_;
  if (ids_.sequence() > reserved) {
    reserved = ids_.sequence() + reserved_at_once;
    transaction_.write("UPDATE account SET sequence = ?1", static_cast<std::int64_t>(reserved));
  }
  end_call();
  transaction_.commit();
  reserved_sequence_ = reserved;  // it is in the file only now
  committed_sequence_ = ids_.sequence();
  wal_grown_ = wal_written_ = true;
}

void Store::roll_back() noexcept {
  transaction_.roll_back();
  changes().undo();
  ids_.rewind(committed_sequence_);
  call_start_sequence_ = committed_sequence_;
  forget_cached();
}

// Forgets what the store knows of the database besides the database itself.
void Store::forget_cached() {
  schedule_.forget();
  last_id_.reset();
  free_names_.clear();
}

bool Store::checkpoint_wal() noexcept {
  if (transaction_.is_open() || !std::exchange(wal_grown_, false)) return false;
  if (database_.log_size() <= long_wal) return false;
  database_.truncate_wal();
  return true;
}

}  // namespace papersail
