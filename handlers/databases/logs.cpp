// GetRelationalDatabaseLogStreams, GetRelationalDatabaseLogEvents.
#include <algorithm>

#include "handlers/actions.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/log_lines.hpp"
#include "handlers/databases/log_tokens.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr Millis kept_for = days(7);

void require_stream(const Call& call, const json& rules) {
  const json& streams = rules.at("streams");
  const std::string name = call.in["logStreamName"];
  if (!contains(streams, name)) {
    throw not_found("log stream", name);
  }
  if (call.flag("startFromHead") && !rules.at("startFromHead")) {  // documented
    throw invalid_input("startFromHead is not available for PostgreSQL.");
  }
}

// Without a token, returns the position of the first or the last lines.
LogPosition position_of(const Call& call, const std::string& log) {
  const std::string token = call.text("pageToken");
  if (!token.empty()) return log_position(log, token);
  if (call.flag("startFromHead")) return {true, ""};
  return {false, "~"};  // after every key
}

// Returns the lines in the time range of the input.
std::vector<Keyed> lines_of(const Call& call, const Resource& database) {
  const Millis oldest = call.now() - kept_for, end = call.now() + 1;
  const Millis from = call.in.contains("startTime") ? moment_of(call.in["startTime"]) : oldest;
  const Millis to = call.in.contains("endTime") ? moment_of(call.in["endTime"]) : end;
  if (from > to) throw invalid_input("The startTime must not be later than the endTime.");
  return log_lines(call, database, call.in["logStreamName"], std::max(from, oldest),
                   std::min(to, end));
}

// No more lines in this direction: the response has the token of the request, which tells the
// client that it has reached the end; new lines will appear after it. The token of the other
// direction must include the line with this key.
LogPosition back_from(const LogPosition& position) {
  return {false, position.forward ? position.key + '~' : position.key};  // just after the key
}

LogPosition ahead_of(const LogPosition& position) {
  std::string key = position.key;
  if (!position.forward && !key.empty()) key.pop_back();  // just before the key
  return {true, key};
}

// Returns the page at a position, with the tokens of the next pages.
json page_of(const std::string& log, const LogPosition& position, std::vector<Keyed> lines) {
  std::erase_if(lines, [&](const Keyed& line) {
    return position.forward ? line.key <= position.key : line.key >= position.key;
  });
  if (lines.size() > page_size) {
    const auto extra = static_cast<std::ptrdiff_t>(lines.size()) - page_size;
    position.forward ? lines.erase(lines.end() - extra, lines.end())
                     : lines.erase(lines.begin(), lines.begin() + extra);
  }
  const LogPosition before =
      lines.empty() ? back_from(position) : LogPosition{false, lines.front().key};
  const LogPosition behind =
      lines.empty() ? ahead_of(position) : LogPosition{true, lines.back().key};
  json events = json::array();
  for (Keyed& line : lines) events.push_back(std::move(line.element));
  return {{"resourceLogEvents", events},
          {"nextBackwardToken", log_token(log, before)},
          {"nextForwardToken", log_token(log, behind)}};
}

json get_relational_database_log_events(Call& call) {
  const Resource database = relational_database(call);
  require_stream(call, log_rules(database));
  const std::string name = call.account.id + " " + call.region + " log " + database.name + " " +
                           call.text("logStreamName");
  const LogPosition position = position_of(call, name);
  return page_of(name, position, lines_of(call, database));
}

json get_relational_database_log_streams(Call& call) {
  return {{"logStreams", log_rules(relational_database(call)).at("streams")}};
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseLogEvents", get_relational_database_log_events},
    {"GetRelationalDatabaseLogStreams", get_relational_database_log_streams},
};

}  // namespace

const std::span<const Action> relational_database_log_actions = actions;

}  // namespace papersail
