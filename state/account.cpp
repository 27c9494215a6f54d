#include "state/account.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <stdexcept>

#include "state/error.hpp"
#include "state/store/checkpoints.hpp"
#include "text/hash.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

constexpr const char* extension = ".sqlite";
constexpr int quiet_calls = 10;  // of run_maintenance, in a second

// Reserves a quarter of the process's file descriptors for accounts; the others are for
// connections. An open account uses up to three descriptors, and some 170 KB of memory apart from
// its response cache.
std::size_t most_open_accounts() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  return std::clamp<std::size_t>(files.rlim_max / 4 / 3, 4, 256);
}

}  // namespace

bool is_account_id(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void require_settled(std::optional<Millis> rest) {
  if (!rest) return;
  throw service_failure(
      "papersail is still applying the transitions that are due, and has reached " +
      instant_text(*rest) + ". Please try again.");
}

void settle(Account& account) try {
  const auto rest = account.store.settle(account.clock.now(), account.most_transitions);
  if (account.store.has_uncommitted()) account.store.commit();
  require_settled(rest);
} catch (...) {
  account.store.roll_back();
  throw;
}

void set_clock(Account& account, Millis present, const Clock& clock) {
  const Millis to = clock.now();
  if (to < present && !account.store.is_empty()) {
    throw std::domain_error("The account's time is " + instant_text(present) +
                            " and cannot go back to " + instant_text(to) +
                            " because the account is not empty. Reset the account first, or "
                            "restore a checkpoint that was taken at that time.");
  }
  const auto rest = account.store.settle(to, account.most_transitions);
  if (rest && *rest < to) {
    throw std::domain_error("More than " + std::to_string(account.most_transitions) +
                            " transitions are due before " + instant_text(to) +
                            ". Move the clock in smaller steps: the next one may go up to " +
                            instant_text(*rest) + ".");
  }
  change_speed(account, clock);
}

void change_speed(Account& account, const Clock& clock) {
  account.store.save_clock(clock.saved());
  account.store.commit();
  account.clock = clock;
}

Accounts::Accounts(AccountSettings settings)
    : settings_(std::move(settings)),
      lock_(settings_.data),
      most_open_(most_open_accounts()),
      checkpoints_(std::make_unique<Checkpoints>(
          settings_.data.empty() ? "" : settings_.data + "/checkpoints")) {}

Accounts::~Accounts() = default;

std::uint64_t Accounts::new_seed(std::string_view label) const {
  return settings_.seed ? *settings_.seed ^ hash_of(label) : random_seed();
}

std::string Accounts::path_of(const std::string& id) const {
  return settings_.data.empty() ? "" : settings_.data + "/" + id + extension;
}

std::unique_ptr<Account> Accounts::open_account(const std::string& id) const {
  auto account = std::unique_ptr<Account>(
      new Account{id, settings_.clock, Store(path_of(id), settings_.lifecycle, new_seed(id)),
                  settings_.quotas});
  const std::string own_clock = account->store.saved_clock();
  if (!own_clock.empty()) account->clock = Clock::continued(own_clock);
  return account;
}

Account& Accounts::operator[](std::string_view id) {
  auto found = accounts_.find(id);
  if (found == accounts_.end()) {
    if (!settings_.data.empty() && accounts_.size() >= most_open_) close_longest_unused();
    const std::string name(id);
    found = accounts_.emplace(name, open_account(name)).first;
  }
  found->second->last_used = ++uses_;
  return *found->second;
}

void Accounts::close_longest_unused() {
  auto oldest = accounts_.end();
  for (auto one = accounts_.begin(); one != accounts_.end(); ++one) {
    if (one->second->store.has_uncommitted()) continue;
    const bool older =
        oldest == accounts_.end() || one->second->last_used < oldest->second->last_used;
    if (older) oldest = one;
  }
  if (oldest != accounts_.end()) accounts_.erase(oldest);
}

std::vector<std::string> Accounts::ids() const {
  std::set<std::string> out;
  for (const auto& [id, account] : accounts_) out.insert(id);
  if (!settings_.data.empty()) {
    for (const auto& file : std::filesystem::directory_iterator(settings_.data)) {
      const std::string id = file.path().stem();
      if (is_account_id(id) && file.path().extension() == extension) out.insert(id);
    }
  }
  return {out.begin(), out.end()};
}

bool Accounts::has(std::string_view id) const {
  if (accounts_.contains(id)) return true;
  return !settings_.data.empty() && std::filesystem::exists(path_of(std::string(id)));
}

void Accounts::visit(const std::string& id, const std::function<void(Account&)>& look) {
  const auto found = accounts_.find(id);
  if (found != accounts_.end()) {
    look(*found->second);
  } else {
    look(*open_account(id));
  }
}

void Accounts::forget(const std::string& id) {
  accounts_.erase(id);  // closes the database, which removes its WAL
  if (settings_.data.empty()) return;
  const std::string path = path_of(id);
  for (const char* end : {"-wal", "-shm", ""}) std::filesystem::remove(path + end);
}

// Checkpoints at most one WAL a call, because all requests wait for it.
void Accounts::run_maintenance() noexcept {
  ++calls_since_commit_;
  for (const auto& [id, account] : accounts_) {
    if (account->store.take_wal_written()) calls_since_commit_ = 0;
  }
  if (calls_since_commit_ < quiet_calls) return;
  for (const auto& [id, account] : accounts_) {
    if (account->store.checkpoint_wal()) return;
  }
}

std::vector<Account*> Accounts::open() const {
  std::vector<Account*> out;
  for (const auto& [id, account] : accounts_) out.push_back(account.get());
  return out;
}

}  // namespace papersail
