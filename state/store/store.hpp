// The stored state of an account: resources, operations, and their schedule. Independent of actions
// and HTTP.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "state/changes.hpp"
#include "state/ids.hpp"
#include "state/lifecycle.hpp"
#include "state/page.hpp"
#include "state/resource.hpp"
#include "state/store/change_set.hpp"
#include "state/store/inventory.hpp"
#include "state/store/operations.hpp"
#include "state/store/schedule.hpp"
#include "state/store/sqlite.hpp"
#include "state/store/transaction.hpp"

namespace papersail {

// One page of a list of resources.
struct ResourcePage {
  std::vector<Resource> resources;
  std::string next_token;  // empty on the last page
};

// The writes of a call are atomic, and those of all calls since the last commit too (Transaction).
// Names of resources are unique within a region.
class Store {
 public:
  // Opens the database at `path` ("": in memory) and creates the tables, with `seed`, if it is
  // empty. `lifecycle` applies if the account has none of its own, and must outlive the store.
  // Throws std::runtime_error if the database has a newer format or is open elsewhere.
  Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  Operations& operations() { return operations_; }
  Schedule& schedule() { return schedule_; }
  Inventory& inventory() { return inventory_; }

  // --- the account ---

  Ids& ids() { return ids_; }
  const Lifecycle& lifecycle() const { return own_lifecycle_ ? *own_lifecycle_ : lifecycle_; }
  // Sets the account's own lifecycle, which applies to every state that is entered from now on.
  // Transitions that are already scheduled keep their times. Commits.
  void set_lifecycle(Lifecycle own);
  // Returns the text that `save_clock` stored; "" if the account has no clock of its own.
  std::string saved_clock();
  void save_clock(std::string_view saved);
  // True if there is no resource and no operation.
  bool is_empty();
  // Check and record, by key, which seeds (server/seeds.hpp) have been applied to the account.
  bool has_seed(std::uint64_t key);
  void add_seed(std::uint64_t key);
  std::vector<std::uint64_t> seeds();
  // Replaces the record of applied seeds.
  void set_seeds(const std::vector<std::uint64_t>& keys);

  // --- resources ---

  std::optional<Resource> find(std::string_view region, std::string_view type,
                               std::string_view name);
  std::optional<Resource> find(std::int64_t id);
  // Finds a resource of any type.
  std::optional<Resource> find(std::string_view region, std::string_view name);
  // True if a resource of any type has this name.
  bool has(std::string_view region, std::string_view name);
  // Returns the id that the next new resource gets.
  std::int64_t coming_id();
  // Like `find`, but throws not_found if there is none.
  Resource get(std::string_view region, std::string_view type, std::string_view name);
  // Returns the document of a resource; nullopt if there is none.
  std::optional<Document> document(std::string_view region, std::string_view type,
                                   std::string_view name);
  // Returns documents of a type as raw JSON, newest first. Throws invalid_input if the token is
  // invalid.
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

  // Stores a new resource and starts its lifecycle at `now`. Sets `resource.id`. Throws
  // invalid_input "NameExists" if the name is in use.
  void create(Resource& resource, Millis now);
  // Stores the document and the internal state. A changed status enters its lifecycle at `now`.
  void put(Resource& resource, Millis now);
  void remove(const Resource& resource);

  // Adds each resource that is changed from now on to `set`, as it was before. Null ends this.
  void record_changes(ChangeSet* set);
  // Makes a resource and its schedule what they were before; removes a new one.
  void restore(std::int64_t id, const Before& before);

  // Limit on the transitions and scheduled changes of one request, because all others wait for it.
  static constexpr std::size_t most_at_once = 100'000;
  // Applies transitions and scheduled changes that are due by `now`, in order of their times, but
  // at most `most` of them. Returns when the first one of the others is due; nullopt if there is
  // none.
  std::optional<Millis> settle(Millis now, std::size_t most = most_at_once);

  // --- calls and commits (Transaction) ---

  void end_call();
  void rollback_call() noexcept;
  bool call_has_written() const { return transaction_.call_has_written(); }
  // True if there are uncommitted writes. Not valid within a call.
  bool has_uncommitted() const {
    return transaction_.is_open() || ids_.sequence() > reserved_sequence_;
  }
  void commit();
  void roll_back() noexcept;
  // Returns a number that changes with every change of the stored state, including the lifecycle.
  std::uint64_t version() const { return transaction_.version(); }

  // Adds every state that a resource enters or leaves to `changes`, starting with those that
  // occurred while the store was not watched. Null ends this. See Watch.
  void watch(Changes* changes) {
    if (changes && unwatched_.count() > 0) changes->take(unwatched_);
    changes_ = changes;
  }

  // Returns true if there was a commit since the last call of this function.
  bool take_wal_written() noexcept { return std::exchange(wal_written_, false); }
  // Checkpoints the WAL if it is longer than 4 MiB; returns false if there was nothing to do. This
  // waits for the disk, so it is done while the server is idle and not by a commit.
  bool checkpoint_wal() noexcept;

  // Commits, and returns a copy in memory. The copy's next ids are the same as this store's.
  Database copy();
  // Replaces the contents by those of such a copy, atomically; discards uncommitted writes. The
  // copy must have the newest format.
  void replace_by(Database& copy);

 private:
  void read_account();
  void insert(const Resource& resource, std::optional<Millis> due_at);
  void remove_row(const Resource& resource);
  void forget_cached();
  void apply(Schedule::DueTransition& due);
  void apply(const Schedule::DueChange& due);
  void note_before(std::int64_t id);
  std::optional<Millis> due_at(const Resource& resource, std::string_view status, Millis from);
  Changes& changes() { return changes_ ? *changes_ : unwatched_; }
  void record_change(const Resource& resource, std::optional<std::string_view> from,
                     std::optional<std::string_view> to);

  Database database_;
  Transaction transaction_{database_};
  Operations operations_{transaction_};
  Schedule schedule_{transaction_};
  Inventory inventory_{transaction_};
  const Lifecycle& lifecycle_;
  std::optional<Lifecycle> own_lifecycle_;
  Ids ids_;
  std::uint64_t reserved_sequence_ = 0;  // as stored: ids up to here may be in use
  std::uint64_t committed_sequence_ = 0;
  std::uint64_t call_start_sequence_ = 0;  // at the start of the present call
  std::optional<std::int64_t> last_id_;    // of a resource; nullopt: not known
  std::set<std::string> free_names_;       // that the present call has not found in use
  bool wal_grown_ = false;                 // there was a commit since `checkpoint_wal`
  bool wal_written_ = false;               // there was a commit since `take_wal_written`
  Changes unwatched_;
  Changes* changes_ = nullptr;       // null: not watched
  ChangeSet* change_set_ = nullptr;  // null: not recorded
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

// Records the changes of a store during the lifetime of the object, unless `set` is null.
class ChangeScope {
 public:
  ChangeScope(Store& store, ChangeSet* set) : store_(store) { store.record_changes(set); }
  ~ChangeScope() { store_.record_changes(nullptr); }
  ChangeScope(const ChangeScope&) = delete;
  ChangeScope& operator=(const ChangeScope&) = delete;

 private:
  Store& store_;
};

}  // namespace papersail
