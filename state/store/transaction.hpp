// The writes of calls, grouped into transactions of a database.
#pragma once

#include <cstdint>

#include "state/store/sqlite.hpp"
#include "state/store/write_batch.hpp"

namespace papersail {

// The writes of one call are atomic: the caller ends each call with `end_call` or `rollback_call`.
// They are buffered until then or until the call reads, so most calls need no savepoint. `commit`
// commits all calls since the last commit.
class Transaction {
 public:
  // `database` must outlive the object.
  explicit Transaction(Database& database) : database_(database) {}

  // Adds a statement to the present call.
  template <class... Values>
  void write(Sql sql, const Values&... values) {
    batch_.add(sql, values...);
    has_written_ = true;
    ++version_;
  }
  // Returns a query that sees the writes of the call.
  template <class... Values>
  Query read(Sql sql, const Values&... values) {
    flush_open_call();
    return database_.query(sql, values...);
  }

  // Runs the buffered writes, which are part of the call if it has run writes before, and cannot
  // be rolled back by `rollback_call` otherwise. Throws std::runtime_error.
  void flush();
  // Ends the call and keeps its writes. Throws std::runtime_error; the caller must then call
  // `rollback_call`. Earlier calls since the last commit may be lost too: `commit` then throws.
  void end_call();
  // Ends the call and undoes its writes.
  void rollback_call() noexcept;
  // Ends the present call and commits. Throws std::runtime_error; the caller must then call
  // `roll_back`.
  void commit();
  // Restores the state of the last commit.
  void roll_back() noexcept;

  // True if the present call has written anything.
  bool call_has_written() const { return has_written_; }
  // True if the present call's writes so far can only be undone together with earlier calls.
  bool call_is_kept() const { return undo_ == Undo::nothing; }
  // True if there are uncommitted writes. Not valid within a call.
  bool is_open() const { return is_open_; }
  // Returns a number that changes with every write and rollback.
  std::uint64_t version() const { return version_; }

 private:
  enum class Undo { nothing, transaction, savepoint };

  void begin();
  void require_transaction() const;
  void flush_open_call();

  Database& database_;
  WriteBatch batch_;           // writes of the present call
  Undo undo_ = Undo::nothing;  // of the present call's writes that have run
  bool is_open_ = false;       // a transaction was begun; SQLite may have ended it
  bool has_written_ = false;
  std::uint64_t version_ = 1;
};

}  // namespace papersail
