// Copies of accounts under names, kept to come back to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/account.hpp"

namespace papersail {

// The account as it is now, as the bytes of a SQLite file: its clock and lifecycle with it.
std::string copy_of(Account& account);

// What a copy says of itself.
struct CopyFacts {
  Clock clock = Clock::real();  // as it was when it was taken
  std::int64_t resources = 0;
  std::int64_t operations = 0;
};
// Throws std::runtime_error for what is no copy, or one of a newer papersail.
CopyFacts facts_of(std::string_view copy);

// The account becomes what it was when the copy was taken; time goes on from there, unless it is
// the machine's own. Throws as `facts_of`; then nothing has changed.
void restore(Account& account, std::string_view copy);

// `to` becomes a second `from`: the same resources, operations, clock and lifecycle, with the id of
// `to` in their ARNs. From then on they share nothing; new ids of `to` are its own.
void fork(Account& from, Account& to);

// The copies that have a name, by account: files of <folder>/<account>/<name>.sqlite, or in memory
// if there is no folder. I/O errors are std::runtime_error.
class Checkpoints {
 public:
  // Letters, digits, "-", "_" and ".", not at the beginning: a file's name on any system.
  static bool is_name(std::string_view name);

  explicit Checkpoints(std::string folder) : folder_(std::move(folder)) {}

  // In place of one of the same name, if there is one; a file is whole or not there.
  void keep(const std::string& account, const std::string& name, std::string copy);
  std::optional<std::string> find(const std::string& account, const std::string& name) const;
  // In order.
  std::vector<std::string> names(const std::string& account) const;
  // False: there was none.
  bool remove(const std::string& account, const std::string& name);

 private:
  std::string path_of(const std::string& account, const std::string& name) const;

  std::string folder_;
  std::map<std::string, std::map<std::string, std::string>> in_memory_;
};

}  // namespace papersail
