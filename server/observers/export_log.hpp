// Keeps the lines of the export.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "server/observers/export_line.hpp"
#include "server/observers/export_selection.hpp"
#include "server/observers/history.hpp"

namespace papersail {

// The accounts of an export that has been asked for.
struct ExportFilter {
  std::string account = {};  // empty: all
  std::string action = {};   // a glob; empty: all
  bool partial = false;      // lost accounts too, with the lines that there are
};

class ExportLog {
 public:
  ExportLog(std::size_t most_lines, std::size_t most_bytes) : lines_(most_lines, most_bytes) {}

  void add(ExportLine line);
  // Removes the lines of a call whose commit has failed.
  void drop(const std::string& request_id);
  void clear();
  // Tells the log that the account has contents that no line makes.
  void mark_lost(const std::string& account) { at_start_.add(account); }

  // Returns the lines, in order, that make the accounts again. Inputs include secrets, since a
  // replay needs them.
  std::string exported(const ExportFilter& filter) const;
  // Returns the accounts that no lines can make again. `exported` leaves them out.
  std::set<std::string> lost() const;
  std::size_t bytes() const { return lines_.bytes(); }

 private:
  std::vector<const ExportLine*> all() const;

  History<ExportLine> lines_;
  LostAccounts at_start_;  // before the first line
};

}  // namespace papersail
