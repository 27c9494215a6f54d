#include <map>

#include "fixtures/fixtures.hpp"
#include "tests/handlers/databases/databases.hpp"

namespace papersail {
namespace {

struct MeasuredDatabase : Databases {
  MeasuredDatabase() { create_available("shop-db"); }

  std::map<Millis, json> points(const std::string& metric, const std::string& unit, int period,
                                Millis start, Millis end) {
    const json response = call("GetRelationalDatabaseMetricData",
                               {{"relationalDatabaseName", "shop-db"},
                                {"metricName", metric},
                                {"unit", unit},
                                {"period", period},
                                {"startTime", timestamp(start)},
                                {"endTime", timestamp(end)},
                                {"statistics", {"Average", "Minimum", "Maximum", "SampleCount"}}});
    CHECK(response["metricName"] == metric);
    std::map<Millis, json> out;
    for (const json& point : response["metricData"]) out[moment_of(point["timestamp"])] = point;
    return out;
  }
};

}  // namespace

TEST_CASE_FIXTURE(MeasuredDatabase,
                  "GetRelationalDatabaseMetricData: returns every metric for each minute") {
  advance(hours(3));
  const json metrics = json::parse(*fixture("metrics.json")).at("metrics");
  const json entries = metrics.at("RelationalDatabase");
  for (const auto& item : entries.items()) {
    const std::string name = item.key();
    const json& entry = item.value();
    CAPTURE(name);
    const auto found = points(name, entry["unit"], 60, now() - hours(1), now());
    CHECK(found.size() == 60);
    for (const auto& [time, point] : found) {
      CHECK(point["sampleCount"] == 1);
      CHECK(point["minimum"] >= 0);
      CHECK(point["minimum"] == point["maximum"]);
    }
  }
}

TEST_CASE_FIXTURE(MeasuredDatabase,
                  "GetRelationalDatabaseMetricData: returns storage that fills slowly") {
  advance(days(30));
  const auto free =
      points("FreeStorageSpace", "Bytes", 86400, test_start + days(1), test_start + days(29));
  REQUIRE(free.size() == 28);
  double before = 40.0 * (1 << 30);  // the bundle's disk
  for (const auto& [time, point] : free) {
    CHECK(point["average"] < before);
    before = point["average"];
  }
  CHECK(before > 0.8 * 40 * (1 << 30));
}

TEST_CASE_FIXTURE(MeasuredDatabase,
                  "GetRelationalDatabaseMetricData: returns memory within the bundle's size") {
  advance(days(2));
  const auto memory =
      points("FreeableMemory", "Bytes", 3600, test_start + days(1), test_start + days(2));
  REQUIRE(memory.size() == 24);
  for (const auto& [time, point] : memory) {
    CHECK(point["minimum"] > 0.1 * (1 << 30));
    CHECK(point["maximum"] < 0.5 * (1 << 30));
  }
}

TEST_CASE_FIXTURE(
    MeasuredDatabase,
    "GetRelationalDatabaseMetricData: returns no data until the database is available") {
  advance(hours(1));
  const auto found = points("CPUUtilization", "Percent", 60, test_start, test_start + hours(1));
  REQUIRE_FALSE(found.empty());
  CHECK(found.begin()->first ==
        test_start + until_available - until_available % minutes(1) + minutes(1));
}

TEST_CASE_FIXTURE(MeasuredDatabase,
                  "GetRelationalDatabaseMetricData: follows the rules of instance metrics") {
  advance(test_start + hours(3) + seconds(130) - now());
  const auto found = [&](int period, Millis start, Millis end) {
    return points("CPUUtilization", "Percent", period, start, end);
  };
  const Millis day = days(1);
  CHECK(found(60, now() - day, now()).size() > 0);
  CHECK(found(60, now() - day - 1, now()).empty());  // more than 1440 periods
  const auto running = found(300, test_start + hours(3), test_start + hours(4));
  REQUIRE(running.size() == 1);
  CHECK(running.at(test_start + hours(3))["sampleCount"] == 2);
  CHECK(found(60, test_start + hours(2) + 59999, test_start + hours(2) + 60000)
            .contains(test_start + hours(2)));
}

TEST_CASE_FIXTURE(MeasuredDatabase,
                  "GetRelationalDatabaseMetricData: refuses unknown names and invalid periods") {
  const auto input = [&](const char* name, int period) {
    return json{{"relationalDatabaseName", name},
                {"metricName", "CPUUtilization"},
                {"unit", "Percent"},
                {"period", period},
                {"startTime", timestamp(now())},
                {"endTime", timestamp(now() + hours(1))},
                {"statistics", {"Average"}}};
  };
  const Refused missing = refused("GetRelationalDatabaseMetricData", input("nope", 60));
  CHECK(missing.type == "NotFoundException");
  CHECK(missing.message == "The RelationalDatabase does not exist: nope");
  const Refused period = refused("GetRelationalDatabaseMetricData", input("shop-db", 61));
  CHECK(period.type == "InvalidInputException");
  CHECK(period.message == "The parameter period must be a multiple of 60.");
}

}  // namespace papersail
