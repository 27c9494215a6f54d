// Selects the lines of an export: those without which accounts could not be made again.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/observers/export_line.hpp"

namespace papersail {

// Knows at a place in the lines which accounts the lines before it do not make again. They are
// those that existed before the first line, whose first lines are gone, or that come from one.
class LostAccounts {
 public:
  bool has(const std::string& account) const { return accounts_.contains(account); }
  const std::set<std::string>& all() const { return accounts_; }
  void add(const std::string& account) { accounts_.insert(account); }
  // Moves the place behind the line.
  void pass(const ExportLine& line);
  // The same, but the line itself is gone.
  void evict(const ExportLine& line);

 private:
  std::set<std::string> accounts_;
  std::map<std::pair<std::string, std::string>, bool> copies_;  // checkpoint: is it lost?
};

// Returns the lines that make the accounts again, in their order. An account needs no lines from
// before its reset or restore, apart from those of its checkpoints; a fork needs lines of the
// other account.
std::vector<const ExportLine*> lines_for(const std::set<std::string>& accounts,
                                         const std::vector<const ExportLine*>& lines);

}  // namespace papersail
