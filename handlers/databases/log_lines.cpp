#include "handlers/databases/log_lines.hpp"

#include <algorithm>
#include <boost/algorithm/string/replace.hpp>
#include <boost/regex.hpp>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "fixtures/fixtures.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/parameters.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

struct Line {
  Millis at;
  std::string message;
};

// A requested part of a log: the lines of `stream` in [from, to).
struct Log {
  const Call& call;
  const Resource& database;
  const json& rules;
  std::string stream;
  Millis from;
  Millis to;
  std::vector<EngineRestart> restarts;
  std::vector<Line> lines;
};

std::string fixed(const char* format, double number) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

double slow_seconds(const Log& log, Millis at) {
  const json& slow = log.rules.at("slow");
  const std::string limit = parameter_at(log.call, log.database, slow.at("parameter"), at);
  const double number =
      limit.empty() ? slow.at("otherwise").get<double>() : std::atof(limit.c_str());
  return std::max(0.0, number) / slow.at("in_a_second").get<double>() + 0.25;
}

std::string filled(const Log& log, std::string text, Millis at) {
  const Document& doc = log.database.doc;
  const std::uint64_t seed = seed_of(log.database, std::to_string(at));
  char fraction[16];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(at % 1000));
  const double slow = slow_seconds(log, at);
  const std::pair<const char*, std::string> values[] = {
      {"{iso}", utc_text(at, "%Y-%m-%dT%H:%M:%S") + fraction},
      {"{utc}", utc_text(at, "%Y-%m-%d %H:%M:%S UTC")},
      {"{unix}", std::to_string(at / 1000)},
      {"{id}", std::to_string(100 + seed % 30000)},
      {"{client}",
       "10.0." + std::to_string(seed % 256) + "." + std::to_string(seed / 256 % 254 + 1)},
      {"{version}", doc.at("engineVersion")},
      {"{user}", doc.at("masterUsername")},
      {"{database}", doc.at("masterDatabaseName")},
      {"{slow}", fixed("%.6f", slow)},
      {"{slow_ms}", fixed("%.3f", slow * 1000)}};
  for (const auto& [gap, value] : values) boost::algorithm::replace_all(text, gap, value);
  return text;
}

void add(Log& log, const json& rule, Millis at) {
  if (rule.at("stream") != log.stream || at < log.from || at >= log.to) return;
  log.lines.push_back({at, filled(log, rule.at("message"), at)});
}

void add_starts_and_stops(Log& log) {
  for (const EngineRestart& restart : log.restarts) {
    for (const json& rule : log.rules.at(restart.up ? "up" : "down")) add(log, rule, restart.at);
  }
}

bool is_running(const Log& log, Millis at) {
  bool running = false;
  for (const EngineRestart& restart : log.restarts) {
    if (restart.at <= at) running = restart.up;
  }
  return running;
}

bool are_met(const Log& log, const json& needs, Millis at) {
  for (const auto& [name, pattern] : needs.items()) {
    const std::string value = parameter_at(log.call, log.database, name, at);
    if (!boost::regex_match(value, boost::regex(pattern.get<std::string>()))) return false;
  }
  return true;
}

void add_regular(Log& log, const json& rule) {
  const Millis step = hours(rule.at("hours").get<int>());
  const json needs = rule.value("needs", json::object());
  const std::string label = rule.dump();
  for (Millis begin = log.from - log.from % step; begin < log.to; begin += step) {
    const std::uint64_t choice = seed_of(log.database, label + std::to_string(begin));
    const Millis at = begin + static_cast<Millis>(choice % static_cast<std::uint64_t>(step));
    const bool wanted = rule.at("stream") == log.stream && at >= log.from && at < log.to;
    if (wanted && is_running(log, at) && are_met(log, needs, at)) add(log, rule, at);
  }
}

}  // namespace

const json& log_rules(const Resource& database) {
  static const json file = parse_json(*fixture("db-logs.json"));
  return file.at(database.doc.at("engine"));
}

// Oldest first; lines with equal times keep the order in which they were added.
std::vector<Keyed> log_lines(const Call& call, const Resource& database, const std::string& stream,
                             Millis from, Millis to) {
  Log log{call, database, log_rules(database), stream, from, to, engine_restarts(call, database),
          {}};
  add_starts_and_stops(log);
  for (const json& rule : log.rules.at("regular")) add_regular(log, rule);
  std::stable_sort(log.lines.begin(), log.lines.end(),
                   [](const Line& a, const Line& b) { return a.at < b.at; });
  std::vector<Keyed> out;
  int nth = 0;
  for (std::size_t i = 0; i < log.lines.size(); ++i) {
    const Line& line = log.lines[i];
    nth = i > 0 && log.lines[i - 1].at == line.at ? nth + 1 : 0;
    char key[40];
    std::snprintf(key, sizeof key, "%015lld %04d", static_cast<long long>(line.at), nth);
    out.push_back({key, {{"createdAt", timestamp(line.at)}, {"message", line.message}}});
  }
  return out;
}

}  // namespace papersail
