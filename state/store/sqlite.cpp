#include "state/store/sqlite.hpp"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace papersail {
namespace {

[[noreturn]] void fail(sqlite3* database) {
  const bool busy = sqlite3_errcode(database) == SQLITE_BUSY;
  throw std::runtime_error(busy ? "the database is in use by another process"
                                : std::string("sqlite: ") + sqlite3_errmsg(database));
}

void check(sqlite3* database, int result) {
  if (result != SQLITE_OK) fail(database);
}

// Offsets of the file format's write and read version: 1 is a rollback journal, 2 is WAL. A
// database in memory cannot use WAL, and a copy that is handed out should not need one.
constexpr std::size_t write_version = 18, read_version = 19, header_size = 100;

struct Freed {
  void operator()(unsigned char* bytes) const { sqlite3_free(bytes); }
};

}  // namespace

void StatementDeleter::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void DatabaseDeleter::operator()(sqlite3* handle) const {
  sqlite3_close(handle);
}

Query::~Query() {
  sqlite3_reset(statement_);
}

bool Query::step() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      fail(database_);
  }
}

std::string_view Query::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string_view> Query::maybe_text(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::optional<std::int64_t> Query::maybe_integer(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

void Query::bind(int index, std::string_view value) {
  const char* bytes = value.data() ? value.data() : "";  // a null pointer would bind NULL
  const int size = static_cast<int>(value.size());
  check(database_, sqlite3_bind_text(statement_, index, bytes, size, SQLITE_STATIC));
}

void Query::bind(int index, std::int64_t value) {
  check(database_, sqlite3_bind_int64(statement_, index, value));
}

void Query::bind_null(int index) {
  check(database_, sqlite3_bind_null(statement_, index));
}

Database::Database(const std::string& path) {
  // Disables memory statistics, which are not used and take a lock for each allocation.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int result =
      sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  check(handle, result);
}

Database Database::of(std::string_view bytes) {
  if (bytes.size() < header_size) throw std::runtime_error("not a database");
  Database out("");
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (!copy) throw std::bad_alloc();
  std::memcpy(copy, bytes.data(), bytes.size());
  copy[write_version] = copy[read_version] = 1;
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  // SQLite frees `copy`, also if the call fails.
  check(out.handle_.get(),
        sqlite3_deserialize(out.handle_.get(), "main", copy, size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE));
  out.execute("PRAGMA journal_mode = OFF");  // a failed copy is discarded, not rolled back
  return out;
}

std::string Database::bytes() {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, Freed> copy(
      sqlite3_serialize(handle_.get(), "main", &size, 0));
  if (!copy) throw std::bad_alloc();
  copy.get()[write_version] = copy.get()[read_version] = 1;
  return {reinterpret_cast<const char*>(copy.get()), static_cast<std::size_t>(size)};
}

void Database::copy_from(Database& other) {
  sqlite3_backup* backup = sqlite3_backup_init(handle_.get(), "main", other.handle_.get(), "main");
  if (!backup) fail(handle_.get());
  const int result = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (result != SQLITE_DONE) {
    throw std::runtime_error(std::string("sqlite: ") + sqlite3_errstr(result));
  }
}

void Database::execute(const char* statements) {
  check(handle_.get(), sqlite3_exec(handle_.get(), statements, nullptr, nullptr, nullptr));
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

void Database::begin() {
  run("BEGIN IMMEDIATE");
}

void Database::commit() {
  if (in_transaction()) run("COMMIT");
}

void Database::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::begin_savepoint() {
  run("SAVEPOINT one");
}

void Database::keep_savepoint() {
  run("RELEASE one");
}

void Database::undo_savepoint() noexcept {
  sqlite3_exec(handle_.get(), "ROLLBACK TO one; RELEASE one", nullptr, nullptr, nullptr);
}

std::uintmax_t Database::log_size() const noexcept {
  const char* path = sqlite3_db_filename(handle_.get(), "main");
  if (!path || !*path) return 0;
  std::error_code error;
  const auto size = std::filesystem::file_size(sqlite3_filename_wal(path), error);
  return error ? 0 : size;
}

void Database::truncate_wal() noexcept {
  sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

sqlite3_stmt* Database::prepared(Sql sql) {
  auto& kept = statements_[sql.text()];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(handle_.get(), sql.text(), -1, SQLITE_PREPARE_PERSISTENT,
                                          &statement, nullptr);
    kept.reset(statement);
    check(handle_.get(), result);
  }
  if (sqlite3_stmt_busy(kept.get()))
    throw std::logic_error(std::string("still in use: ") + sql.text());
  return kept.get();
}

}  // namespace papersail
