// What an account remembers: its resources and operations. Knows no action and no HTTP.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "state/changes.hpp"
#include "state/ids.hpp"
#include "state/lifecycle.hpp"
#include "state/operation.hpp"
#include "state/page.hpp"
#include "state/resource.hpp"
#include "state/store/sqlite.hpp"

namespace papersail {

// The writes of one call stand or fall together: `end_call` or `rollback_call` ends it. They are
// made when it is kept, or when it reads, so that most calls need no savepoint. What calls have
// written is in the file, all or none of it, once `commit` returns; several calls can share one
// commit. Names are those of one region.
class Store {
 public:
  // Makes the schema in an empty database, with `seed`; refuses one of a newer version, and
  // one that another process or store has open, with std::runtime_error. `lifecycle` is that of
  // an account without one of its own, and must outlive the store.
  Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed);

  Ids& ids() { return ids_; }
  const Lifecycle& lifecycle() const { return own_lifecycle_ ? *own_lifecycle_ : lifecycle_; }
  // From now on this one counts for every state that is entered, and is kept with the account.
  // What is due already stays due when it was. Commits.
  void follow(Lifecycle own);
  // The account's own clock as it was saved; "" if it has none.
  std::string saved_clock();
  void save_clock(std::string_view saved);

  std::optional<Resource> find(std::string_view region, std::string_view type,
                               std::string_view name);
  // Whatever its type.
  std::optional<Resource> find(std::string_view region, std::string_view name);
  // Whether the name is in use.
  bool has(std::string_view region, std::string_view name);
  // As `find`, or throws not_found.
  Resource get(std::string_view region, std::string_view type, std::string_view name);
  // The document as stored, for splicing (json.hpp); null if there is none.
  json ready_doc(std::string_view region, std::string_view type, std::string_view name);
  // Documents of a type for splicing, newest first. Throws invalid_input for a bad token.
  Page list(std::string_view region, std::string_view type, std::string_view token);
  // The same, parsed and with their secrets, all of them.
  std::vector<Resource> all(std::string_view region, std::string_view type);
  // How many of a type there are.
  std::int64_t count(std::string_view region, std::string_view type);
  // The names of every resource of the region, in their own order.
  Page names(std::string_view region, std::string_view token);

  // Whether nothing ever happened in it.
  bool is_empty();
  // How many resources there are of each type, in all regions, and how many operations.
  std::map<std::string, std::int64_t> count_by_type();
  std::int64_t count_operations();
  // Of all regions and types, or of one ("" is all), newest first: {"region", "type", "name",
  // "status", "dueAt"}. Throws invalid_input for a bad token.
  Page inventory(std::string_view region, std::string_view type, std::string_view token);
  // The same of one resource, with its "document"; null if there is none.
  json inventory_entry(std::string_view region, std::string_view name);

  // Stores a new resource; its lifecycle begins at `now`. Throws invalid_input "NameExists".
  void create(Resource& resource, Millis now);
  // Writes document and secret back. A changed status begins its time in the lifecycle at `now`.
  void put(const Resource& resource, Millis now);
  void remove(const Resource& resource);
  // Patches (RFC 7396) that will be applied at `due`.
  void change_later(const Resource& resource, Millis due, const json& doc_patch,
                    const json& secret_patch);
  // Forgets what `change_later` was told about this resource.
  void drop_changes(const Resource& resource);
  // Its lifecycle leaves it where it is, until something else changes its status.
  void hold(const Resource& resource);

  void add(const Operation& operation);
  // As it stands at `now`, ready for splicing; null if there is none.
  json operation(std::string_view region, std::string_view uuid, Millis now);
  // Newest first, of a region or of one of its resources, gone ones included.
  Page operations(std::string_view region, std::string_view token, Millis now);
  Page operations_for(std::string_view region, std::string_view resource, std::string_view token,
                      Millis now);

  // The seeds (server/seeds.hpp) that this account has been given, by their keys.
  bool has_seed(std::uint64_t key);
  void add_seed(std::uint64_t key);

  // Another one after everything that has changed what is read here, the lifecycle included.
  std::uint64_t version() const { return version_; }

  // Applies all that is due by `now`, in order, each at its own time.
  void settle(Millis now);

  // Throws std::runtime_error if what it wrote cannot be written; then `rollback_call` is due, and
  // what other calls wrote since the last commit may be lost with it: `commit` says so.
  void end_call();
  void rollback_call() noexcept;
  // Whether the call under way has written anything.
  bool call_has_written() const { return call_has_written_; }
  // Tells `changes` of every state that a resource enters or leaves, beginning with those since it
  // was watched last. Null: nobody. See Watch.
  void watch(Changes* changes) {
    if (changes && unwatched_.count() > 0) changes->take(unwatched_);
    changes_ = changes;
  }
  // Whether anything was written since the last commit. Not for within a call.
  bool has_uncommitted() const { return open_ || ids_.sequence() > reserved_sequence_; }
  // Keeps the call too, if one is under way. Throws std::runtime_error; then `roll_back` is due.
  void commit();
  // Back to the last commit.
  void roll_back() noexcept;

  // Whether anything was committed since this was asked last.
  bool take_wal_written() noexcept { return std::exchange(wal_written_, false); }
  // Moves the log into the file proper, if it is long. That waits for the disk, so commits leave it
  // for a quiet moment. False if there was nothing to do.
  bool checkpoint_wal() noexcept;

  // Everything as of now, in memory; its ids go on where these stand. Commits.
  Database copy();
  // Becomes what such a copy is, all or nothing; what was not committed is lost. The copy's format
  // must be the newest.
  void become(Database& copy);

 private:
  struct Due {
    Millis at;
    std::int64_t id;
  };
  // Of a row of id, type, name, doc, secret.
  static Resource resource_of(const Query& row, std::string_view region);
  void read_account();
  std::int64_t next_id();
  void require_transaction() const;
  void open_transaction();
  void flush_batch();
  void flush_calls();
  // Will run when the call is kept, or reads.
  template <class... Values>
  void write(const char* sql, const Values&... values) {
    batch_.emplace_back(sql, values...);
    call_has_written_ = true;
    ++version_;
  }
  // A query that sees what the call has written.
  template <class... Values>
  Query read(const char* sql, const Values&... values) {
    flush_batch();
    return database_.query(sql, values...);
  }
  std::optional<Due> next_transition();
  std::optional<Due> next_change();
  void transition(const Due& due);
  void change(const Due& due);
  void note_next_due(Millis due);
  std::optional<Millis> due_at(const Resource& resource, std::string_view status, Millis from);
  Changes& changes() { return changes_ ? *changes_ : unwatched_; }
  void record_change(std::string_view region, std::string_view type, std::string_view name,
                     std::optional<std::string_view> from, std::optional<std::string_view> to,
                     std::string_view before = {});
  void record_put(const Resource& resource, const std::string& status);

  Database database_;
  const Lifecycle& lifecycle_;
  std::optional<Lifecycle> own_lifecycle_;
  Ids ids_;
  std::uint64_t reserved_sequence_ = 0;  // as stored: ids up to here may be given out
  std::uint64_t committed_sequence_ = 0;
  std::uint64_t kept_sequence_ = 0;  // where the call under way began
  bool open_ = false;                // a transaction has begun, whatever SQLite has made of it
  bool call_has_written_ = false;
  std::vector<Write> batch_;  // of the call, in order
  enum class Undo { nothing, transaction, savepoint } undo_ = Undo::nothing;  // takes back the call
  bool logged_ = false;       // something was committed since the log was looked at
  bool wal_written_ = false;  // and since `take_wal_written`
  std::uint64_t version_ = 1;
  Millis next_due_ = 0;  // nothing is due before this
  Changes unwatched_;
  Changes* changes_ = nullptr;  // who watches
};

// Watches a store for as long as it lives.
class Watch {
 public:
  Watch(Store& store, Changes& changes) : store_(store) { store.watch(&changes); }
  ~Watch() { store_.watch(nullptr); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  Store& store_;
};

}  // namespace papersail
