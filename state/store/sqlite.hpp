// SQLite behind RAII: a database, and queries whose statements are prepared once and kept.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace papersail {

struct StatementDeleter {
  void operator()(sqlite3_stmt* statement) const;
};
struct DatabaseDeleter {
  void operator()(sqlite3* handle) const;
};

// One use of a prepared statement; resets it when it goes. Views from `text` live until the next
// `step` or the end of the query.
class Query {
 public:
  Query(sqlite3* database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Query();
  Query(Query&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Query& operator=(Query&&) = delete;

  // Goes to the next row; false when there is none. Throws std::runtime_error.
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

// What a value is bound as: a view of text, a 64-bit integer, or an optional one of these.
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

// One SQLite database and its connection, used by one thread. Errors are std::runtime_error with
// SQLite's own words.
class Database {
 public:
  // Opens or makes the file, for this process alone; "" keeps the database in memory.
  explicit Database(const std::string& path);
  // In memory, from the bytes of a file. It cannot roll back. Throws for what is no database.
  static Database of(std::string_view bytes);

  // What its file would hold after a checkpoint of the log, everything committed included, and not
  // bound to a log.
  std::string bytes();
  // Becomes a copy of `other`, all or nothing. No query may be under way in either of them.
  void copy_from(Database& other);

  // Runs statements that give no rows.
  void execute(const char* statements);
  // A query, its `?1, ?2 …` bound to `values` in order. Throws std::logic_error while another
  // query of the same text is on a row.
  template <class... Values>
  Query query(const char* sql, const Values&... values) {
    Query query(handle_.get(), prepared(sql));
    int index = 0;
    (query.bind(++index, bindable(values)), ...);
    return query;
  }
  // A query for its effect.
  template <class... Values>
  void run(const char* sql, const Values&... values) {
    query(sql, values...).step();
  }

  // One transaction, for writing, and in it one savepoint at a time. `commit` and `roll_back`
  // without a transaction do nothing.
  void begin();
  void commit();
  void roll_back() noexcept;
  void begin_savepoint();
  void keep_savepoint();
  void undo_savepoint() noexcept;
  bool in_transaction() const;
  // How many bytes the log's file has; 0 if there is none.
  std::uintmax_t log_size() const noexcept;
  // Moves the log into the file and empties it, if that can be done now.
  void truncate_wal() noexcept;

 private:
  sqlite3_stmt* prepared(const char* sql);

  std::unique_ptr<sqlite3, DatabaseDeleter> handle_;
  // By the address of the literal: every statement in the program is one.
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, StatementDeleter>> statements_;
};

// A statement to be run later, for its effect, and the values that it will have: copies of those
// that it is given, at most twelve. All text is in one piece: a call waits with several of these.
class Write {
 public:
  template <class... Values>
  explicit Write(const char* sql, const Values&... values) : sql_(sql) {
    static_assert(sizeof...(values) <= most_values);
    (add(bindable(values)), ...);
  }
  void run(Database& database) const;

 private:
  static constexpr std::size_t most_values = 12;
  struct Value {
    enum class Kind { null, integer, text } kind = Kind::null;
    std::int64_t number = 0;  // or how long the text is
  };

  void add(std::string_view value);
  void add(std::int64_t value);
  template <class Optional>
  void add(const std::optional<Optional>& value) {
    value ? add(bindable(*value)) : void(++count_);
  }

  const char* sql_;
  std::string text_;
  std::array<Value, most_values> values_;
  std::size_t count_ = 0;
};

}  // namespace papersail
