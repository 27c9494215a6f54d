// An AWS account, and all accounts of a server. Accounts share only their initial settings.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/clock.hpp"
#include "state/lifecycle.hpp"
#include "state/response_cache.hpp"
#include "state/store/folder_lock.hpp"
#include "state/store/store.hpp"

namespace papersail {

// The limits of an account by the name of the quota; nullopt: unlimited.
using Quotas = std::map<std::string, std::optional<std::int64_t>>;
class Checkpoints;

// True if `text` consists of twelve digits.
bool is_account_id(std::string_view text);

struct Account {
  std::string id;  // twelve digits
  Clock clock;
  Store store;
  Quotas quotas;                // overrides of the service's quotas (handlers/quotas.hpp)
  std::uint64_t last_used = 0;  // number of this use among all uses of accounts
  std::size_t most_transitions = Store::most_at_once;  // for each request
  ResponseCache response_cache = {};
};

// Throws service_failure if `rest`, the result of Store::settle, is a time: the next call goes on.
void require_settled(std::optional<Millis> rest);

// Applies what is due by the account's present time, at most `most_transitions`, and commits.
// Throws like `require_settled`. Rolls back and rethrows if the store fails.
void settle(Account& account);

// Replaces the account's clock, which a restart keeps, applies everything that is due by its time,
// and commits. `present` is the account's time before the call. Throws std::domain_error if the new
// time is before `present`, unless the account is empty, and if more than `most_transitions` are
// due before the new time; the caller must then roll back. If more than that are due, but the
// others at the new time itself, it leaves them to the next calls.
void set_clock(Account& account, Millis present, const Clock& clock);

// Replaces the account's clock by one that shows the same time, and commits. Applies nothing.
void change_speed(Account& account, const Clock& clock);

// The initial settings of every account.
struct AccountSettings {
  std::string data;  // folder of the database files; empty: in memory
  Lifecycle lifecycle;
  Clock clock = Clock::real();
  std::optional<std::uint64_t> seed;  // nullopt: a random seed for each account
  Quotas quotas = {};
};

// The accounts of this server. An account is opened, and created if necessary, at its first use.
class Accounts {
 public:
  // Creates the data folder and locks it: only one server may use it at a time. Throws
  // std::runtime_error if either fails.
  explicit Accounts(AccountSettings settings);
  ~Accounts();

  // Opens the account if necessary. The reference is valid until the next call with another id:
  // that call may close the least recently used account without uncommitted writes, if the accounts
  // are on disk and too many are open.
  Account& operator[](std::string_view id);
  bool is_open(std::string_view id) const { return accounts_.contains(id); }
  // Returns the open accounts, ordered by id.
  std::vector<Account*> open() const;
  // Returns the ids of all accounts that are open or on disk, in ascending order.
  std::vector<std::string> ids() const;
  bool has(std::string_view id) const;
  // Calls `look` with the account; opens it for the duration of the call if it is not open.
  void visit(const std::string& id, const std::function<void(Account&)>& look);
  // Closes the account and deletes its file. Its checkpoints stay.
  void forget(const std::string& id);

  // Checkpoints a long WAL if no account has committed for a second. Call it ten times a second.
  void run_maintenance() noexcept;

  Checkpoints& checkpoints() { return *checkpoints_; }
  const AccountSettings& settings() const { return settings_; }
  // Returns a seed for `label`: reproducible if the settings have a seed, otherwise random.
  std::uint64_t new_seed(std::string_view label) const;

 private:
  std::string path_of(const std::string& id) const;
  std::unique_ptr<Account> open_account(const std::string& id) const;

  void close_longest_unused();

  AccountSettings settings_;
  FolderLock lock_;
  const std::size_t most_open_;
  std::uint64_t uses_ = 0;
  int calls_since_commit_ = 0;  // calls of run_maintenance since the last commit
  std::map<std::string, std::unique_ptr<Account>, std::less<>> accounts_;
  std::unique_ptr<Checkpoints> checkpoints_;
};

}  // namespace papersail
