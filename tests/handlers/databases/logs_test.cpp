#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

const char* const action = "GetRelationalDatabaseLogEvents";

class Logs : public Databases {
 public:
  using Databases::Databases;

  json read(const std::string& stream, const json& changes = json::object()) {
    json input = {{"relationalDatabaseName", "db-1"}, {"logStreamName", stream}};
    input.merge_patch(changes);
    return call(action, input);
  }
  std::vector<std::string> lines(const std::string& stream, const json& changes = json::object()) {
    const json response = read(stream, changes);
    std::vector<std::string> out;
    for (const json& line : response["resourceLogEvents"]) out.push_back(line["message"]);
    return out;
  }
  Refused refused_read(const json& changes) {
    json input = {{"relationalDatabaseName", "db-1"}, {"logStreamName", "error"}};
    input.merge_patch(changes);
    return refused(action, input);
  }
};

bool has(const std::string& line, const char* words) {
  return line.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogStreams: returns the streams of the engine") {
  create("db-1");
  create("db-2", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  const char* const streams = "GetRelationalDatabaseLogStreams";
  CHECK(call(streams, by_name("db-1")) ==
        json({{"logStreams", {"audit", "error", "general", "slowquery"}}}));
  CHECK(call(streams, by_name("db-2")) == json({{"logStreams", {"postgresql"}}}));
  CHECK(refused(streams, by_name("db-3")).message == "The RelationalDatabase does not exist: db-3");
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: shows the start of MySQL") {
  create_available("db-1");
  const json response = read("error");
  const json& events = response["resourceLogEvents"];
  REQUIRE(events.size() == 5);
  CHECK(events[0]["createdAt"] == timestamp(test_start + seconds(600)));
  CHECK(matches(events[0]["message"],
                "2026-01-01T00:10:00\\.000Z 0 \\[System\\] \\[MY-010116\\] \\[Server\\] "
                "/rdsdbbin/mysql/bin/mysqld \\(mysqld 8\\.0\\.43\\) starting as process [0-9]+"));
  CHECK(has(events[4]["message"], "ready for connections. Version: '8.0.43'"));
  CHECK(read("error") == response);
  for (const char* empty : {"audit", "general", "slowquery"}) CHECK(lines(empty).empty());
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: returns nothing before the engine runs") {
  create("db-1");
  CHECK(lines("error").empty());
  advance(seconds(600) - 1);
  CHECK(lines("error").empty());
  advance(1);
  CHECK(lines("error").size() == 5);
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: shows shutdown and start for a reboot") {
  create_available("db-1");
  advance(minutes(5));
  act("RebootRelationalDatabase", "db-1");
  const json since = {{"startTime", timestamp(now())}};
  auto found = lines("error", since);
  REQUIRE(found.size() == 2);
  CHECK(has(found[0], "Received SHUTDOWN from user rdsadmin"));
  CHECK(has(found[1], "Shutdown complete"));
  advance(while_rebooting);
  CHECK(lines("error", since).size() == 7);
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: returns the stream of PostgreSQL") {
  create_available("db-1", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  const auto found = lines("postgresql");
  REQUIRE(found.size() == 4);
  CHECK(matches(found[3],
                "2026-01-01 00:10:00 UTC::@:\\[[0-9]+\\]:LOG:  database system is ready "
                "to accept connections"));
  act("StopRelationalDatabase", "db-1");
  CHECK(has(lines("postgresql").back(), "database system is shut down"));
  advance(days(1));
  CHECK(lines("postgresql").size() == 8);  // no lines while it is stopped
}

TEST_CASE_FIXTURE(
    Logs,
    "GetRelationalDatabaseLogEvents: shows slow queries when the parameters enable their log") {
  create_available("db-1");
  set_parameter("db-1", "slow_query_log", "1", "immediate");
  advance(days(1));
  CHECK(lines("slowquery").empty());  // log_output is TABLE
  set_parameter("db-1", "log_output", "FILE", "immediate");
  set_parameter("db-1", "long_query_time", "3", "immediate");
  CHECK(lines("slowquery").empty());
  advance(hours(10));
  const auto found = lines("slowquery");
  CHECK(found.size() >= 9);
  CHECK(found.size() <= 11);
  CHECK(has(found[0], "# Query_time: 3.250000"));
  CHECK(has(found[0], "# User@Host: dbmasteruser[dbmasteruser]"));
  set_parameter("db-1", "slow_query_log", "0", "immediate");
  advance(hours(10));
  CHECK(lines("slowquery", {{"startTime", timestamp(now() - hours(9))}}).empty());
}

TEST_CASE_FIXTURE(Logs,
                  "GetRelationalDatabaseLogEvents: ignores a parameter that is pending a reboot") {
  create_available("db-1");
  set_parameter("db-1", "log_output", "FILE", "immediate");
  set_parameter("db-1", "general_log", "1", "pending-reboot");
  advance(hours(5));
  CHECK(lines("general").empty());
  act("RebootRelationalDatabase", "db-1");
  advance(hours(5));
  CHECK(lines("general").size() >= 4);
}

TEST_CASE_FIXTURE(
    Logs, "GetRelationalDatabaseLogEvents: returns lines from startTime to before endTime") {
  create_available("db-1");
  const Millis start = test_start + seconds(600);
  const auto count = [&](const json& range) { return lines("error", range).size(); };
  CHECK(count({{"startTime", timestamp(start)}}) == 5);
  CHECK(count({{"startTime", timestamp(start + 1)}}) == 0);
  CHECK(count({{"endTime", timestamp(start)}}) == 0);
  CHECK(count({{"endTime", timestamp(start + 1)}}) == 5);
  const Refused refusal =
      refused_read({{"startTime", timestamp(start)}, {"endTime", timestamp(start - 1)}});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "The startTime must not be later than the endTime.");
  advance(days(7) + hours(1));
  for (const std::string& line : lines("error")) CHECK(!has(line, "starting as process"));
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: returns tokens for both directions") {
  create_available("db-1");
  set_parameter("db-1", "log_output", "FILE", "immediate");
  set_parameter("db-1", "general_log", "1", "immediate");
  set_parameter("db-1", "log_queries_not_using_indexes", "1", "immediate");
  for (int day = 0; day < 7; ++day) {
    for (int i = 0; i < 8; ++i) {
      act("RebootRelationalDatabase", "db-1");
      advance(minutes(3));
    }
    advance(hours(20));
  }
  const auto sizes = [](const json& page) { return page["resourceLogEvents"].size(); };
  const json last = read("error");
  CHECK(sizes(last) == 200);
  const json before = read("error", {{"pageToken", last["nextBackwardToken"]}});
  CHECK(sizes(before) == 200);
  CHECK(before["resourceLogEvents"].back()["createdAt"] <=
        last["resourceLogEvents"].front()["createdAt"]);
  CHECK(read("error", {{"pageToken", before["nextForwardToken"]}})["resourceLogEvents"] ==
        last["resourceLogEvents"]);

  const json first = read("error", {{"startFromHead", true}});
  const json second = read("error", {{"pageToken", first["nextForwardToken"]}});
  CHECK(first["resourceLogEvents"] != before["resourceLogEvents"]);
  CHECK(read("error", {{"pageToken", second["nextBackwardToken"]}})["resourceLogEvents"] ==
        first["resourceLogEvents"]);

  const json end = read("error", {{"pageToken", last["nextForwardToken"]}});
  CHECK(sizes(end) == 0);
  CHECK(end["nextForwardToken"] == last["nextForwardToken"]);
  CHECK(read("error", {{"pageToken", end["nextBackwardToken"]}})["resourceLogEvents"] ==
        last["resourceLogEvents"]);
  act("RebootRelationalDatabase", "db-1");
  CHECK(sizes(read("error", {{"pageToken", last["nextForwardToken"]}})) == 2);
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: returns both tokens with an empty page") {
  create_available("db-1");
  const json nothing = read("audit");
  CHECK(nothing["resourceLogEvents"] == json::array());
  for (const char* token : {"nextForwardToken", "nextBackwardToken"}) {
    CHECK(matches(nothing[token], "[A-Za-z0-9+/]{40,}={0,2}"));
    CHECK(read("audit", {{"pageToken", nothing[token]}})[token] == nothing[token]);
    CHECK(refused_read({{"pageToken", nothing[token]}})
              .message.starts_with("The page token is invalid: "));  // token of another stream
  }
  for (const char* token : {"x", "e30=", "bm9uZQ==", "====", "eyJwb3NpdGlvbiI6MX0="}) {
    CHECK(refused_read({{"pageToken", token}}).message ==
          "The page token is invalid: " + std::string(token));
  }
}

TEST_CASE_FIXTURE(Logs, "GetRelationalDatabaseLogEvents: refuses unknown streams and databases") {
  create_available("db-1", {{"relationalDatabaseBlueprintId", "postgres_16"}});
  CHECK(refused_read({{"logStreamName", "error"}}).message ==
        "The log stream does not exist: error");
  CHECK(refused_read({{"logStreamName", "error"}}).type == "NotFoundException");
  const Refused head = refused_read({{"logStreamName", "postgresql"}, {"startFromHead", true}});
  CHECK(head.type == "InvalidInputException");
  CHECK(head.message == "startFromHead is not available for PostgreSQL.");
  CHECK(refused_read({{"relationalDatabaseName", "db-2"}}).message ==
        "The RelationalDatabase does not exist: db-2");
}

}  // namespace papersail
