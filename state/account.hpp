// One AWS account, whole. Accounts share nothing but the settings that they began with.
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

// What an account may have of something, by its name; nothing: as much as it likes.
using Quotas = std::map<std::string, std::optional<std::int64_t>>;
class Checkpoints;

// Twelve digits.
bool is_account_id(std::string_view text);

struct Account {
  std::string id;  // twelve digits
  Clock clock;
  Store store;
  Quotas quotas;                // where they differ from the service's own (handlers/quotas.hpp)
  std::uint64_t last_used = 0;  // when, in the order of all uses
  ResponseCache response_cache = {};
};

// Lets everything happen that is due by now, and commits it.
void settle(Account& account);

// From now on, when the account's time is `present`, it has this clock, over restarts too; what is
// due by it happens. Throws std::domain_error if that would take back time in which something may
// have happened: only an account where nothing ever did may go back. Commits.
void set_clock(Account& account, Millis present, const Clock& clock);

// What every account begins with.
struct AccountSettings {
  std::string data;  // the folder of the database files; empty: in memory
  Lifecycle lifecycle;
  Clock clock = Clock::real();
  std::optional<std::uint64_t> seed;  // none: another one each time
  Quotas quotas = {};
};

// The accounts of this server, each opened when it is named.
class Accounts {
 public:
  // Makes the data folder and holds it: one server may have it at a time. Throws
  // std::runtime_error if that cannot be.
  explicit Accounts(AccountSettings settings);
  ~Accounts();

  // Good until another account is named: those on disk are closed when there are many, the longest
  // unused first, unless they have something uncommitted.
  Account& operator[](std::string_view id);
  bool is_open(std::string_view id) const { return accounts_.contains(id); }
  // Those that are open now, by their ids.
  std::vector<Account*> open() const;
  // Those that are open or on disk, in order.
  std::vector<std::string> ids() const;
  bool has(std::string_view id) const;
  // Lets `look` see the account; one that was not open is closed again.
  void visit(const std::string& id, const std::function<void(Account&)>& look);
  // The account is as if it had never been named, its file gone. Its checkpoints stay.
  void forget(const std::string& id);

  // For ten times a second: does what has been left for a quiet moment, when there was one.
  void run_maintenance() noexcept;

  Checkpoints& checkpoints() { return *checkpoints_; }
  const AccountSettings& settings() const { return settings_; }
  // For what is random and belongs to no account: repeatable if the settings have a seed.
  std::uint64_t new_seed(std::string_view label) const;

 private:
  std::string path_of(const std::string& id) const;
  std::unique_ptr<Account> opened(const std::string& id) const;

  void close_longest_unused();

  AccountSettings settings_;
  FolderLock lock_;
  const std::size_t most_open_;
  std::uint64_t uses_ = 0;
  int quiet_ = 0;  // so many times it was called since an account committed
  std::map<std::string, std::unique_ptr<Account>, std::less<>> accounts_;
  std::unique_ptr<Checkpoints> checkpoints_;
};

}  // namespace papersail
