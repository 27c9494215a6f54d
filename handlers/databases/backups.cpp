#include "handlers/databases/backups.hpp"

#include <algorithm>

#include "handlers/databases/windows.hpp"

namespace papersail {
namespace {

constexpr Millis kept_for = days(7);      // documented
constexpr Millis log_step = minutes(5);   // documented: step of the latest restorable time
constexpr Millis shown_for = days(15);    // longer than the range of GetRelationalDatabaseEvents
constexpr Millis first_after = hours(1);  // the creation includes a backup

// internal["backups"]: {since, spans: [{from, until?, window}]}, with the spans in order of time.
// The last one is open if it has no `until`.
json& spans_of(Resource& database) {
  json& spans = database.internal["backups"]["spans"];
  if (spans.is_null()) spans = json::array();
  return spans;
}

const json& spans_in(const Resource& database) {
  static const json none = json::array();
  const json* backups = database.internal.find("backups");
  return backups && backups->contains("spans") ? backups->at("spans") : none;
}

Millis from_of(const json& span) {
  return span.at("from").get<Millis>();
}

Millis until_of(const json& span, Millis otherwise) {
  return span.value("until", otherwise);
}

Millis length_of(const Call& call, const Resource& database) {
  const Transition* row = call.store.lifecycle().next(database.type, database.name, "backing-up");
  return row ? row->after : 0;
}

// Each database has its own time in the window, which is the same every day.
void add_backups(std::vector<Backup>& out, const Resource& database, const json& span,
                 Millis length, Millis from, Millis to) {
  const Millis in_day = moment_in_day(span.at("window"), seed_of(database, "backup"));
  const Millis first = moment_of(database.doc.at("createdAt")) + first_after;
  for (Millis midnight = from - from % days(1) - days(1); midnight <= to; midnight += days(1)) {
    const Millis begin = midnight + in_day;
    const bool in_span = begin >= from_of(span) && begin < until_of(span, to + 1);
    if (in_span && begin >= first && begin <= to && begin + length >= from) {
      out.push_back({begin, begin + length});
    }
  }
}

}  // namespace

void begin_backups(Resource& database, Millis from) {
  spans_of(database).push_back(
      {{"from", from}, {"window", database.doc.at("preferredBackupWindow")}});
}

void end_backups(Resource& database, Millis at) {
  json& spans = spans_of(database);
  if (!spans.empty() && !spans.back().contains("until")) spans.back()["until"] = at;
  while (!spans.empty() && until_of(spans.front(), at) < at - shown_for) spans.erase(0);
}

json first_restorable(Millis moment) {
  return {{"backups", {{"since", moment}}}};
}

void forget_coming_backups(const Call& call, Resource& database) {
  json& spans = spans_of(database);
  while (!spans.empty() && from_of(spans.back()) > call.now()) spans.erase(spans.size() - 1);
  if (!spans.empty() && until_of(spans.back(), call.now()) > call.now())
    spans.back().erase("until");
}

std::vector<Backup> daily_backups(const Call& call, const Resource& database, Millis from,
                                  Millis to) {
  std::vector<Backup> out;
  const Millis length = length_of(call, database);
  for (const json& span : spans_in(database)) add_backups(out, database, span, length, from, to);
  return out;
}

std::optional<Restorable> restorable(const Call& call, const Resource& database) {
  const json* backups = database.internal.find("backups");
  const Millis since = backups ? backups->value("since", call.now()) : call.now();
  if (!database.doc.at("backupRetentionEnabled") || since > call.now()) return std::nullopt;
  Millis end = since;
  for (const json& span : spans_in(database)) {
    if (from_of(span) <= call.now()) end = std::min(until_of(span, call.now()), call.now());
  }
  const Millis latest = std::max(since, end - end % log_step);
  return Restorable{std::min(latest, std::max(since, call.now() - kept_for)), latest};
}

}  // namespace papersail
