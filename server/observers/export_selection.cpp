#include "server/observers/export_selection.hpp"

#include <algorithm>

namespace papersail {
namespace {

using Kind = ExportLine::Kind;

// Goes through the lines from the last to the first, and knows what the lines behind the present
// one need.
class Needs {
 public:
  explicit Needs(const std::set<std::string>& accounts) : wanted_(accounts), live_(accounts) {}

  // Returns true if the line is needed.
  bool take(const ExportLine& line) {
    switch (line.kind) {
      case Kind::change:
        return live_.contains(line.account);
      case Kind::reset:
        return live_.erase(line.account) > 0;
      case Kind::fork:
        return take_fork(line);
      case Kind::restore:
        if (live_.erase(line.account) == 0) return false;
        return copies_[key(line)] = true;
      default:
        return take_copy(line);
    }
  }

 private:
  using Key = std::pair<std::string, std::string>;
  static Key key(const ExportLine& line) { return {line.account, line.other}; }

  bool take_fork(const ExportLine& line) {
    if (live_.erase(line.other) == 0) return false;
    live_.insert(line.account);
    return true;
  }

  // A line that takes, uploads or deletes a checkpoint. Without a later line of that checkpoint, it
  // belongs to the state of the account.
  bool take_copy(const ExportLine& line) {
    const auto [copy, first] = copies_.try_emplace(key(line), wanted_.contains(line.account));
    const bool needed = copy->second;
    if (line.kind == Kind::drop) {
      copy->second = false;
      return wanted_.contains(line.account);
    }
    copy->second = false;
    if (needed && line.kind == Kind::take) live_.insert(line.account);
    return needed;
  }

  const std::set<std::string>& wanted_;
  std::set<std::string> live_;       // accounts whose state is needed
  std::map<Key, bool> copies_ = {};  // is the checkpoint needed?
};

// Drops resets of accounts that no line has touched, and deletions of checkpoints that no line has
// made: a server without the account would refuse or not need them.
std::vector<const ExportLine*> without_idle(const std::vector<const ExportLine*>& lines) {
  std::set<std::string> touched;
  std::set<std::pair<std::string, std::string>> copies;
  std::vector<const ExportLine*> out;
  for (const ExportLine* line : lines) {
    if (line->kind == Kind::reset && !touched.contains(line->account)) continue;
    if (line->kind == Kind::drop && copies.erase({line->account, line->other}) == 0) continue;
    if (line->kind == Kind::take || line->kind == Kind::upload) {
      copies.emplace(line->account, line->other);
    }
    touched.insert(line->kind == Kind::fork ? line->other : line->account);
    out.push_back(line);
  }
  return out;
}

}  // namespace

void LostAccounts::pass(const ExportLine& line) {
  const std::pair<std::string, std::string> copy{line.account, line.other};
  const auto lose_if = [&](const std::string& account, bool lost) {
    lost ? void(accounts_.insert(account)) : void(accounts_.erase(account));
  };
  switch (line.kind) {
    case Kind::take:
      copies_[copy] = has(line.account);
      break;
    case Kind::upload:
      copies_[copy] = false;
      break;
    case Kind::drop:
      copies_.erase(copy);
      break;
    case Kind::restore:
      lose_if(line.account, !copies_.contains(copy) || copies_[copy]);
      break;
    case Kind::fork:
      lose_if(line.other, has(line.account));
      break;
    case Kind::reset:
      accounts_.erase(line.account);
      break;
    case Kind::change:
      break;
  }
}

void LostAccounts::evict(const ExportLine& line) {
  if (line.kind == Kind::reset) {
    accounts_.erase(line.account);
  } else if (line.kind == Kind::change || line.kind == Kind::restore) {
    accounts_.insert(line.account);
  } else if (line.kind == Kind::fork) {
    accounts_.insert(line.other);
  } else {
    copies_.erase({line.account, line.other});  // a restore of a copy without a line is lost
  }
}

std::vector<const ExportLine*> lines_for(const std::set<std::string>& accounts,
                                         const std::vector<const ExportLine*>& lines) {
  Needs needs(accounts);
  std::vector<const ExportLine*> out;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (needs.take(**line)) out.push_back(*line);
  }
  std::reverse(out.begin(), out.end());
  return without_idle(out);
}

}  // namespace papersail
