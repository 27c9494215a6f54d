#include "state/account.hpp"

#include <filesystem>
#include <random>

namespace papersail {
namespace {

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

}  // namespace

Accounts::Accounts(AccountSettings settings) : settings_(std::move(settings)) {
  if (!settings_.data.empty()) std::filesystem::create_directories(settings_.data);
}

std::uint64_t Accounts::new_seed(std::string_view label) const {
  return settings_.seed ? *settings_.seed ^ hash_of(label) : random_seed();
}

Account& Accounts::operator[](std::string_view id) {
  const auto found = accounts_.find(id);
  if (found != accounts_.end()) return *found->second;
  const std::string name(id);
  const std::string path = settings_.data.empty() ? "" : settings_.data + "/" + name + ".sqlite";
  auto account = std::unique_ptr<Account>(
      new Account{name, settings_.clock, Store(path, settings_.lifecycle, new_seed(id))});
  return *accounts_.emplace(name, std::move(account)).first->second;
}

std::vector<Account*> Accounts::open() const {
  std::vector<Account*> out;
  for (const auto& [id, account] : accounts_) out.push_back(account.get());
  return out;
}

}  // namespace papersail
