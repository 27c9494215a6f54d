// GetRelationalDatabaseEvents.
#include "handlers/databases/events.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "fixtures/fixtures.hpp"
#include "handlers/actions.hpp"
#include "handlers/databases/backups.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/paging.hpp"

namespace papersail {
namespace {

constexpr int longest_duration = 20160, usual_duration = 60;  // documented, in minutes
constexpr std::size_t most_events = 500;

const json& kinds() {
  static const json file = parse_json(*fixture("db-events.json"));
  return file.at("events");
}

// internal["events"]: [{at, event, with?}], in order of time.
json& events_of(Resource& database) {
  json& events = database.internal["events"];
  if (events.is_null()) events = json::array();
  return events;
}

Millis at_of(const json& event) {
  return event.at("at").get<Millis>();
}

// Returns the kind's member, or "".
std::string_view member_of(const json& kind, const char* member) {
  const auto found = kind.find(member);
  return found == kind.end() ? "" : std::string_view(found->get_ref<const std::string&>());
}

std::string_view server_of(const json& event) {
  return member_of(kinds().at(event.at("event").get_ref<const std::string&>()), "server");
}

// Removes events older than any request can ask for. Keeps the latest start, which determines the
// parameters in effect.
void forget_old_events(const Call& call, json& events) {
  const Millis oldest = call.now() - minutes(longest_duration);
  if (at_of(events.front()) >= oldest && events.size() <= most_events) return;
  std::size_t last_start = 0, index = 0;
  for (const json& event : events) {
    if (at_of(event) <= call.now() && server_of(event) == "up") last_start = index;
    ++index;
  }
  json kept = json::array();
  index = 0;
  for (json& event : events) {
    const bool old = at_of(event) < oldest || events.size() - index > most_events;
    if (index++ == last_start || !old) kept.push_back(std::move(event));
  }
  events = std::move(kept);
}

// The events of a state, in order of their names.
using EventsByState = std::multimap<std::string_view, std::string, std::less<>>;

EventsByState events_by_state(const char* when) {
  EventsByState out;
  for (const auto& [event, kind] : kinds().items()) out.emplace(member_of(kind, when), event);
  return out;
}

void note_all(const Call& call, Resource& database, const EventsByState& events,
              const std::string& state, Millis at) {
  const auto [first, last] = events.equal_range(state);
  for (auto event = first; event != last; ++event) note(call, database, at, event->second);
}

std::string message_of(const json& event) {
  std::string out = kinds().at(event.at("event")).at("message");
  const json with = event.value("with", json::object());
  for (const auto& [name, value] : with.items()) {
    const std::string gap = "{" + name + "}";
    out.replace(out.find(gap), gap.size(), value.get<std::string>());
  }
  return out;
}

json to_json(const Resource& database, const json& event) {
  return {{"resource", database.name},
          {"createdAt", timestamp(at_of(event))},
          {"message", message_of(event)},
          {"eventCategories", {kinds().at(event.at("event")).at("category")}}};
}

// Daily backups are not stored as events; they are computed.
std::vector<json> events_since(const Call& call, const Resource& database, Millis from) {
  std::vector<json> out = database.internal.value("events", json::array());
  for (const Backup& backup : daily_backups(call, database, from, call.now())) {
    out.push_back({{"at", backup.begin}, {"event", "backup-begun"}});
    out.push_back({{"at", backup.end}, {"event", "backup-finished"}});
  }
  std::erase_if(out, [&](const json& e) { return at_of(e) < from || at_of(e) > call.now(); });
  std::stable_sort(out.begin(), out.end(),
                   [](const json& a, const json& b) { return at_of(a) < at_of(b); });
  return out;
}

// `nth` keeps the order of events at the same time.
std::string key_of(Millis at, int nth) {
  char key[40];
  std::snprintf(key, sizeof key, "%015lld %04d", static_cast<long long>(at), nth);
  return key;
}

Millis duration_of(const Call& call) {
  const int duration = call.in.value("durationInMinutes", usual_duration);
  if (duration < 1 || duration > longest_duration) {
    throw invalid_input("The durationInMinutes must be between 1 and " +
                        std::to_string(longest_duration) + ": " + std::to_string(duration));
  }
  return minutes(duration);
}

// Recorded: oldest first.
json get_relational_database_events(Call& call) {
  const Resource database = relational_database(call);
  std::vector<Keyed> list;
  Millis last = -1;
  int nth = 0;
  for (const json& event : events_since(call, database, call.now() - duration_of(call))) {
    nth = at_of(event) == last ? nth + 1 : 0;
    last = at_of(event);
    list.push_back({key_of(last, nth), to_json(database, event)});
  }
  return call.page_response("relationalDatabaseEvents",
                            keyed_page(call, "events of " + database.name, std::move(list)));
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseEvents", get_relational_database_events},
};

}  // namespace

void note(const Call& call, Resource& database, Millis at, const std::string& event,
          const json& with) {
  json& events = events_of(database);
  json one = {{"at", at}, {"event", event}};
  if (!with.is_null()) one["with"] = with;
  const auto later = std::find_if(events.begin(), events.end(),
                                  [&](const json& other) { return at_of(other) > at; });
  events.insert(later, std::move(one));
  forget_old_events(call, events);
}

Millis schedule_lifecycle_events(const Call& call, Resource& database, const std::string& state,
                                 Millis at) {
  constexpr int longest_course = 100;  // a lifecycle file can form a loop of transitions
  static const EventsByState entering = events_by_state("entering");
  static const EventsByState leaving = events_by_state("leaving");
  const Lifecycle& lifecycle = call.store.lifecycle();
  note_all(call, database, entering, state, at);
  const Transition* row = lifecycle.next(database.type, database.name, state);
  for (int steps = 0; row && steps < longest_course; ++steps) {
    at += row->after;
    if (row->error_code.empty()) note_all(call, database, leaving, row->from, at);
    if (!row->to) break;
    note_all(call, database, entering, *row->to, at);
    row = lifecycle.next(database.type, database.name, *row->to);
  }
  return at;
}

void forget_coming_events(const Call& call, Resource& database) {
  json& events = events_of(database);
  while (!events.empty() && at_of(events.back()) > call.now()) events.erase(events.size() - 1);
}

std::vector<EngineRestart> engine_restarts(const Call& call, const Resource& database) {
  std::vector<EngineRestart> out;
  const json* events = database.internal.find("events");
  if (!events) return out;
  for (const json& event : *events) {
    const std::string_view server = server_of(event);
    if (!server.empty() && at_of(event) <= call.now())
      out.push_back({at_of(event), server == "up"});
  }
  return out;
}

const std::span<const Action> relational_database_event_actions = actions;

}  // namespace papersail
