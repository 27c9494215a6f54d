// Named copies of accounts, and how to take, restore and fork them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/account.hpp"

namespace papersail {

// Returns a copy of the account at its present time, clock and lifecycle included, as the bytes of
// a SQLite file.
std::string copy_of(Account& account);

// The summary of a copy.
struct CopyFacts {
  Clock clock = Clock::real();  // at the time of the copy
  std::int64_t resources = 0;
  std::int64_t operations = 0;
};
// Returns the summary of a copy. Throws std::runtime_error if `copy` is invalid or of a newer
// papersail.
CopyFacts facts_of(std::string_view copy);

// Replaces the account by the copy. Its clock continues from the time of the copy, unless it is
// real. Throws like `facts_of`; the account is then unchanged.
void restore(Account& account, std::string_view copy);

// Replaces `to` by a copy of `from`: its resources, operations, clock and lifecycle, with the id of
// `to` in their ARNs. The accounts share nothing afterwards, and draw different new ids.
void fork(Account& from, Account& to);

// The named copies of each account: files <folder>/<account>/<name>.sqlite, or copies in memory if
// the folder is "". I/O errors are thrown as std::runtime_error.
class Checkpoints {
 public:
  // True for 1 to 100 letters, digits, "-", "_" and ".", without "." at the beginning: a valid file
  // name on every system.
  static bool is_name(std::string_view name);

  explicit Checkpoints(std::string folder) : folder_(std::move(folder)) {}

  // Stores the copy, atomically; replaces one with the same name.
  void keep(const std::string& account, const std::string& name, std::string copy);
  std::optional<std::string> find(const std::string& account, const std::string& name) const;
  // Returns the names in ascending order.
  std::vector<std::string> names(const std::string& account) const;
  // Returns false if there is no such copy.
  bool remove(const std::string& account, const std::string& name);

 private:
  std::string path_of(const std::string& account, const std::string& name) const;

  std::string folder_;
  std::map<std::string, std::map<std::string, std::string>> in_memory_;
};

}  // namespace papersail
