// The stored state of an account: its resources and operations. Independent of actions and HTTP.
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

// One page of a list of resources.
struct ResourcePage {
  std::vector<Resource> resources;
  std::string next_token;  // empty on the last page
};

// The writes of a call are atomic: the caller ends each call with `end_call` or `rollback_call`.
// The writes are buffered until `end_call` or until the call reads, so most calls need no
// savepoint. `commit` writes all calls since the last commit to the file, atomically. Names of
// resources are unique within a region.
class Store {
 public:
  // Opens the database at `path` ("": in memory) and creates the tables, with `seed`, if it is
  // empty. `lifecycle` applies if the account has none of its own, and must outlive the store.
  // Throws std::runtime_error if the database has a newer format or is open elsewhere.
  Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed);

  Ids& ids() { return ids_; }
  const Lifecycle& lifecycle() const { return own_lifecycle_ ? *own_lifecycle_ : lifecycle_; }
  // Sets the account's own lifecycle, which applies to every state that is entered from now on.
  // Transitions that are already scheduled keep their times. Commits.
  void follow(Lifecycle own);
  // Returns the text that `save_clock` stored; "" if the account has no clock of its own.
  std::string saved_clock();
  void save_clock(std::string_view saved);

  std::optional<Resource> find(std::string_view region, std::string_view type,
                               std::string_view name);
  // Finds a resource of any type.
  std::optional<Resource> find(std::string_view region, std::string_view name);
  // True if a resource of any type has this name.
  bool has(std::string_view region, std::string_view name);
  // Like `find`, but throws not_found if there is none.
  Resource get(std::string_view region, std::string_view type, std::string_view name);
  // Returns the stored document as `ready` text (json.hpp); null if there is none.
  json ready_doc(std::string_view region, std::string_view type, std::string_view name);
  // Returns documents of a type as `ready` texts, newest first. Throws invalid_input if the token
  // is invalid.
  Page list(std::string_view region, std::string_view type, std::string_view token);
  // The same with the internal state, for answers that depend on it.
  ResourcePage list_resources(std::string_view region, std::string_view type,
                              std::string_view token);
  // Returns all resources of a type, newest first.
  std::vector<Resource> all(std::string_view region, std::string_view type);
  // Returns the number of resources of a type, at most `most`.
  std::int64_t count(std::string_view region, std::string_view type, std::int64_t most);
  // Returns the sum of a number in the documents of a type; `path` is such as "$.sizeInGb".
  std::int64_t sum(std::string_view region, std::string_view type, std::string_view path);
  // Returns the names of all resources of the region, in ascending order.
  Page names(std::string_view region, std::string_view token);

  // True if there is no resource and no operation.
  bool is_empty();
  // Return the number of resources of each type, and of operations, in all regions.
  std::map<std::string, std::int64_t> count_by_type();
  std::int64_t count_operations();
  // Returns resources of a region and type ("": all), newest first, as {"region", "type", "name",
  // "status", "dueAt"}. Throws invalid_input for an invalid token.
  Page inventory(std::string_view region, std::string_view type, std::string_view token);
  // Returns such an entry for one resource, with its "document"; null if there is none.
  json inventory_entry(std::string_view region, std::string_view name);

  // Stores a new resource and starts its lifecycle at `now`. Sets `resource.id`. Throws
  // invalid_input "NameExists" if the name is in use.
  void create(Resource& resource, Millis now);
  // Stores the document and the internal state. A changed status enters its lifecycle at `now`.
  void put(const Resource& resource, Millis now);
  void remove(const Resource& resource);
  // Schedules patches (RFC 7396) that `settle` applies at `due`.
  void change_later(const Resource& resource, Millis due, const json& doc_patch,
                    const json& internal_patch);
  // Deletes the scheduled patches of this resource.
  void drop_changes(const Resource& resource);
  // Cancels the resource's next transition. Its lifecycle continues when its status changes.
  void hold(const Resource& resource);

  void add(const Operation& operation);
  // Returns the operation at `now` as `ready` text; null if there is none.
  json operation(std::string_view region, std::string_view uuid, Millis now);
  // Return the operations of a region, or of a resource (which may be deleted), newest first.
  Page operations(std::string_view region, std::string_view token, Millis now);
  Page operations_for(std::string_view region, std::string_view resource, std::string_view token,
                      Millis now);

  // Check and record, by key, which seeds (server/seeds.hpp) have been applied to the account.
  bool has_seed(std::uint64_t key);
  void add_seed(std::uint64_t key);

  // Returns a number that changes with every change of the stored state, including the lifecycle.
  std::uint64_t version() const { return version_; }

  // Limit on the transitions and scheduled changes of one request, because all others wait for it.
  static constexpr std::size_t most_at_once = 100'000;
  // Applies transitions and scheduled changes that are due by `now`, in order of their times, but
  // at most `most` of them. Returns when the first one of the others is due; nullopt if there is
  // none.
  std::optional<Millis> settle(Millis now, std::size_t most = most_at_once);

  // Writes the call's batch. Throws std::runtime_error if that fails; the caller must then call
  // `rollback_call`. Earlier calls since the last commit may be lost too: `commit` then throws.
  void end_call();
  void rollback_call() noexcept;
  // True if the present call has written anything.
  bool call_has_written() const { return call_has_written_; }
  // Adds every state that a resource enters or leaves to `changes`, starting with those that
  // occurred while the store was not watched. Null ends this. See Watch.
  void watch(Changes* changes) {
    if (changes && unwatched_.count() > 0) changes->take(unwatched_);
    changes_ = changes;
  }
  // True if there are uncommitted writes. Not valid within a call.
  bool has_uncommitted() const { return open_ || ids_.sequence() > reserved_sequence_; }
  // Ends the present call, if any, and commits. Throws std::runtime_error; the caller must then
  // call `roll_back`.
  void commit();
  // Restores the state of the last commit.
  void roll_back() noexcept;

  // Returns true if there was a commit since the last call of this function.
  bool take_wal_written() noexcept { return std::exchange(wal_written_, false); }
  // Checkpoints the WAL if it is longer than 4 MiB; returns false if there was nothing to do. This
  // waits for the disk, so it is done while the server is idle and not by a commit.
  bool checkpoint_wal() noexcept;

  // Commits, and returns a copy in memory. The copy's next ids are the same as this store's.
  Database copy();
  // Replaces the contents by those of such a copy, atomically; discards uncommitted writes. The
  // copy must have the newest format.
  void become(Database& copy);

 private:
  struct Due {
    Millis at;
    std::int64_t id;
  };
  // Converts a row of id, type, name, doc, internal.
  static Resource resource_of(const Query& row, std::string_view region);
  void read_account();
  std::int64_t next_id();
  void require_transaction() const;
  void open_transaction();
  void flush_batch();
  void flush_calls();
  // Adds a statement to the batch, which runs at `end_call` or the next `read`.
  template <class... Values>
  void write(const char* sql, const Values&... values) {
    batch_.emplace_back(sql, values...);
    call_has_written_ = true;
    ++version_;
  }
  // Writes the batch first, so that the query sees the writes of the call.
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
  std::uint64_t reserved_sequence_ = 0;  // as stored: ids up to here may be in use
  std::uint64_t committed_sequence_ = 0;
  std::uint64_t call_start_sequence_ = 0;  // at the start of the present call
  bool open_ = false;                      // a transaction was begun; SQLite may have ended it
  bool call_has_written_ = false;
  std::vector<Write> batch_;  // writes of the present call
  enum class Undo { nothing, transaction, savepoint } undo_ = Undo::nothing;  // of the present call
  bool logged_ = false;       // there was a commit since `checkpoint_wal`
  bool wal_written_ = false;  // there was a commit since `take_wal_written`
  std::uint64_t version_ = 1;
  Millis next_due_ = 0;  // no transition or change is due earlier
  Changes unwatched_;
  Changes* changes_ = nullptr;  // null: not watched
};

// Watches a store during the lifetime of the object.
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
