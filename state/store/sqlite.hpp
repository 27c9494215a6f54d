// RAII wrappers of SQLite: a database, and queries whose prepared statements are cached.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "state/store/sql.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace papersail {

struct StatementDeleter {
  void operator()(sqlite3_stmt* statement) const;
};
struct DatabaseDeleter {
  void operator()(sqlite3* handle) const;
};

// One use of a prepared statement, which the destructor resets. The views that `text` returns are
// valid until the next `step` or the destructor.
class Query {
 public:
  Query(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Query();
  Query(Query&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Query& operator=(Query&&) = delete;

  // Moves to the next row; returns false if there is none. Throws std::runtime_error.
  bool step();
  std::string_view text(int column) const;
  std::optional<std::string_view> maybe_text(int column) const;
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;

  // Bound text is not copied: it must outlive the query.
  void bind(int index, std::string_view value);
  void bind(int index, std::int64_t value);
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    value ? bind(index, *value) : bind_null(index);
  }

 private:
  void bind_null(int index);

  sqlite3* database_;
  sqlite3_stmt* statement_;
};

// Converts a value to a type that `Query::bind` accepts: a view of text, a 64-bit integer, or an
// optional value.
template <class Value>
auto bindable(const Value& value) {
  if constexpr (std::is_integral_v<Value>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
    return std::string_view(value);
  } else {
    return value;
  }
}

// One SQLite database and its connection, for one thread. Errors are thrown as std::runtime_error
// with SQLite's message.
class Database {
 public:
  // Opens or creates the file; "" opens a database in memory.
  explicit Database(const std::string& path);
  // Opens a database in memory with the bytes of a file. It cannot roll back. Throws
  // std::runtime_error if the bytes are not a database.
  static Database of(std::string_view bytes);

  // Returns the bytes of a database file with all committed data, which needs no WAL.
  std::string bytes();
  // Replaces the contents by those of `other`, atomically. There must be no active query in either
  // database.
  void copy_from(Database& other);

  // Runs statements that return no rows.
  void execute(const char* statements);
  // Returns a query with `?1, ?2 …` bound to `values`. Throws std::logic_error if another query
  // with the same `sql` is active.
  template <class... Values>
  Query query(Sql sql, const Values&... values) {
    Query query(handle_.get(), prepared(sql));
    int index = 0;
    (query.bind(++index, bindable(values)), ...);
    return query;
  }
  // Runs a statement that returns no rows.
  template <class... Values>
  void run(Sql sql, const Values&... values) {
    query(sql, values...).step();
  }

  // Control one write transaction and, within it, one savepoint at a time. `commit` and `roll_back`
  // do nothing without a transaction.
  void begin();
  void commit();
  void roll_back() noexcept;
  void begin_savepoint();
  void keep_savepoint();
  void undo_savepoint() noexcept;
  bool in_transaction() const;
  // Returns the size of the WAL file in bytes; 0 if there is none.
  std::uintmax_t log_size() const noexcept;
  // Checkpoints and truncates the WAL, if that is possible now.
  void truncate_wal() noexcept;

 private:
  sqlite3_stmt* prepared(Sql sql);

  std::unique_ptr<sqlite3, DatabaseDeleter> handle_;
  // By the address of their text.
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, StatementDeleter>> statements_;
};

}  // namespace papersail
