// One AWS account, whole. Accounts share nothing but their lifecycle profile.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/clock.hpp"
#include "state/lifecycle.hpp"
#include "state/store.hpp"

namespace papersail {

struct Account {
  std::string id;  // twelve digits
  Clock clock;
  Store store;
  std::uint64_t slow_works = 0;  // how much work it has had done off the event loop
};

// What every account begins with.
struct AccountSettings {
  std::string data;  // the folder of the database files; empty: in memory
  Lifecycle lifecycle;
  Clock clock = Clock::real();
  std::optional<std::uint64_t> seed;  // none: another one each time
};

// The accounts of this server, each opened when it is first named.
class Accounts {
 public:
  // Makes the data folder. Throws std::runtime_error if that cannot be.
  explicit Accounts(AccountSettings settings);
  Account& operator[](std::string_view id);
  // Those that have been named so far, by their ids.
  std::vector<Account*> open() const;
  // For what is random and belongs to no account: repeatable if the settings have a seed.
  std::uint64_t new_seed(std::string_view label) const;

 private:
  AccountSettings settings_;
  std::map<std::string, std::unique_ptr<Account>, std::less<>> accounts_;
};

}  // namespace papersail
