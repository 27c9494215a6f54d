#include "server/observers/export_log.hpp"

#include <map>
#include <utility>

#include "text/json.hpp"
#include "text/strings.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

using Lines = std::vector<const ExportLine*>;

// True for a line that sets the clock to an instant.
bool sets_time(const ExportLine& line) {
  return line.action == "PUT /clock" && parse_json(line.input).contains("now");
}

// Returns the lines before which the clock must be set to the time of the line. A later line of the
// account sets the clock to an instant, which would be in the past when that clock follows the
// machine's time.
std::set<const ExportLine*> starts_of(const Lines& lines) {
  std::set<const ExportLine*> out;
  std::map<std::string, const ExportLine*> first;
  for (const ExportLine* line : lines) {
    if (line->kind == ExportLine::Kind::reset) {
      first.erase(line->account);
      continue;
    }
    const ExportLine* start = first.emplace(line->account, line).first->second;
    if (start != line && start->clock && sets_time(*line)) out.insert(start);
  }
  return out;
}

std::string clock_text(const ExportLine& line) {
  const json input = {{"mode", "manual"}, {"now", instant_text(*line.clock)}};
  return text_of({"", line.account, "", "PUT /clock", input.dump()});
}

std::string text_of(const Lines& lines, const std::string& action) {
  const auto starts = action.empty() ? starts_of(lines) : std::set<const ExportLine*>();
  std::string out;
  for (const ExportLine* line : lines) {
    if (!action.empty() && !matches_glob(action, line->action)) continue;
    if (starts.contains(line)) out += clock_text(*line);
    out += text_of(*line);
  }
  return out;
}

}  // namespace

void ExportLog::add(ExportLine line) {
  const std::size_t bytes = 2 * sizeof line + line.input.size();
  lines_.add(std::move(line), bytes, [this](const ExportLine& evicted) {
    if (!evicted.account.empty()) at_start_.evict(evicted);
  });
}

// Searches from the end: calls of one commit are recent. A call may have two lines.
void ExportLog::drop(const std::string& request_id) {
  bool found = false;
  for (std::uint64_t id = lines_.end(); id-- > lines_.first();) {
    const bool same = lines_.at(id).request_id == request_id;
    if (found && !same) break;
    if (same) lines_.at(id).account.clear();
    found = found || same;
  }
}

void ExportLog::clear() {
  lines_.clear();
  at_start_ = {};
}

Lines ExportLog::all() const {
  Lines out;
  for (std::uint64_t id = lines_.first(); id < lines_.end(); ++id) {
    if (!lines_.at(id).account.empty()) out.push_back(&lines_.at(id));
  }
  return out;
}

std::set<std::string> ExportLog::lost() const {
  LostAccounts lost = at_start_;
  for (const ExportLine* line : all()) lost.pass(*line);
  return lost.all();
}

std::string ExportLog::exported(const ExportFilter& filter) const {
  const Lines lines = all();
  std::set<std::string> wanted = {filter.account};
  if (filter.account.empty()) {
    wanted.clear();
    for (const ExportLine* line : lines) {
      wanted.insert(line->account);
      if (line->kind == ExportLine::Kind::fork) wanted.insert(line->other);
    }
  }
  if (!filter.partial) {
    for (const std::string& account : lost()) wanted.erase(account);
  }
  return text_of(lines_for(wanted, lines), filter.action);
}

}  // namespace papersail
