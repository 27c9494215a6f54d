#include <algorithm>
#include <map>

#include "fixtures/fixtures.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const json all_statistics = {"Minimum", "Maximum", "Sum", "Average", "SampleCount"};

// A query for a metric. The default range is the last hour.
struct MetricQuery {
  std::string metric = "CPUUtilization";
  std::string unit = "Percent";
  int period = 300;
  Millis start = 0;
  Millis end = 0;
  json statistics = all_statistics;
};

struct Measured : Emulator {
  // Has a nano instance "web" that has just entered the state running.
  Measured() {
    launch("web");
    advance(seconds(18));
    running_since = now();
  }

  void launch(const char* name) {
    call("CreateInstances", {{"instanceNames", json::array({name})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
  }

  json input(const MetricQuery& q, const char* name = "web") {
    const Millis end = q.end != 0 ? q.end : now();
    return {{"instanceName", name},
            {"metricName", q.metric},
            {"unit", q.unit},
            {"period", q.period},
            {"startTime", timestamp(q.start != 0 ? q.start : end - hours(1))},
            {"endTime", timestamp(end)},
            {"statistics", q.statistics}};
  }
  json response_to(const MetricQuery& q, const char* name = "web") {
    return call("GetInstanceMetricData", input(q, name));
  }
  // Returns the data points by their time.
  std::map<Millis, json> points(const MetricQuery& q, const char* name = "web") {
    std::map<Millis, json> out;
    const json response = response_to(q, name);
    for (const json& point : response["metricData"]) {
      CHECK(point["unit"] == q.unit);
      out[moment_of(point["timestamp"])] = point;
    }
    CHECK(out.size() == response["metricData"].size());
    return out;
  }
  double total(const MetricQuery& q, const char* statistic) {
    double out = 0;
    for (const auto& [time, point] : points(q)) out += point[statistic].get<double>();
    return out;
  }
  // Returns the average of a metric between two hours of the day over a week.
  double week_average(const std::string& metric, const std::string& unit, int from, int to) {
    double sum = 0, count = 0;
    for (int day = 1; day < 8; ++day) {
      const Millis midnight = test_start + days(day);
      const MetricQuery q{metric, unit, 300, midnight + hours(from), midnight + hours(to)};
      sum += total(q, "sum");
      count += total(q, "sampleCount");
    }
    return sum / count;
  }

  Millis running_since = 0;
};

json metric_entries() {
  return json::parse(*fixture("metrics.json")).at("metrics").at("Instance");
}

}  // namespace

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: returns the recorded form") {
  advance(hours(2));
  MetricQuery q{"NetworkOut", "Bytes"};
  q.statistics = {"Sum"};
  const json response = response_to(q);
  CHECK(response["metricName"] == "NetworkOut");
  REQUIRE(response["metricData"].size() == 12);
  for (const json& point : response["metricData"]) {
    CHECK(point.size() == 3);
    CHECK(point["sum"] > 0);
    CHECK(point["unit"] == "Bytes");
    CHECK(point["timestamp"].is_number_float());
  }
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: returns a statistic that is repeated once") {
  advance(hours(2));
  MetricQuery once, often;
  once.statistics = {"Sum"};
  often.statistics = std::vector<std::string>(100'000, "Sum");
  CHECK(response_to(often) == response_to(once));
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: answers for an instance of fifty years") {
  advance(days(50 * 365));
  MetricQuery q{"BurstCapacityPercentage", "Percent", 86400};
  q.start = now() - days(1400);
  CHECK(points(q).size() == 454);  // whole days of the last 455
}

TEST_CASE_FIXTURE(Measured,
                  "GetInstanceMetricData: returns data points that are not sorted by time") {
  advance(hours(2));
  std::vector<double> times;
  const json response = response_to({});
  for (const json& point : response["metricData"]) times.push_back(point["timestamp"]);
  CHECK_FALSE(std::is_sorted(times.begin(), times.end()));
  CHECK_FALSE(std::is_sorted(times.rbegin(), times.rend()));
  CHECK(response_to({}) == response);
}

TEST_CASE_FIXTURE(Measured,
                  "GetInstanceMetricData: returns consistent statistics for all periods") {
  advance(days(2));
  const json entries = metric_entries();
  for (const auto& item : entries.items()) {
    const std::string name = item.key();
    const json& entry = item.value();
    CAPTURE(name);
    MetricQuery hour{name, entry["unit"], 3600, test_start + hours(3), test_start + hours(4)};
    MetricQuery parts = hour;
    parts.period = 300;
    const json whole = points(hour)[hour.start];
    const auto five_minutes = points(parts);
    CHECK(five_minutes.size() == 12);
    double least = 1e18, most = -1e18;
    for (const auto& [time, point] : five_minutes) {
      CHECK(point["minimum"] <= point["average"]);
      CHECK(point["average"] <= point["maximum"]);
      CHECK(point["average"] == point["sum"].get<double>() / point["sampleCount"].get<double>());
      CHECK(point["minimum"] >= 0);
      least = std::min(least, point["minimum"].get<double>());
      most = std::max(most, point["maximum"].get<double>());
    }
    CHECK(whole["sum"] == total(parts, "sum"));
    CHECK(whole["sampleCount"] == total(parts, "sampleCount"));
    CHECK(whole["minimum"] == least);
    CHECK(whole["maximum"] == most);
  }
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: returns the same past data later") {
  advance(hours(5));
  const MetricQuery q{"CPUUtilization", "Percent", 300, test_start + hours(2),
                      test_start + hours(4)};
  const auto before = points(q);
  CHECK(before.size() == 24);
  advance(days(3));
  CHECK(points(q) == before);
  MetricQuery wider = q;
  wider.start -= hours(1);
  CHECK(points(wider)[q.start] == before.at(q.start));
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: returns different data for each instance") {
  launch("db");
  advance(hours(2));
  CHECK(points({}, "db").size() == 12);
  CHECK(points({}, "db") != points({}));
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: returns more traffic by day than by night") {
  advance(days(9));
  CHECK(week_average("NetworkOut", "Bytes", 12, 18) >
        2 * week_average("NetworkOut", "Bytes", 0, 6));
}

TEST_CASE_FIXTURE(
    Measured, "GetInstanceMetricData: returns CPU usage near the baseline of a burstable bundle") {
  advance(days(9));
  MetricQuery q{"CPUUtilization", "Percent", 3600, test_start + days(1), test_start + days(8)};
  const double average = total(q, "sum") / total(q, "sampleCount");
  CHECK(average > 0.5);
  CHECK(average < 5);
  double most = 0;
  for (const auto& [time, point] : points(q)) most = std::max(most, point["maximum"].get<double>());
  CHECK(most > 10);  // a job
  CHECK(most <= 100);
}

TEST_CASE_FIXTURE(Measured,
                  "GetInstanceMetricData: returns burst capacity that follows CPU usage") {
  advance(days(4));
  const Millis end = test_start + days(4), start = end - days(3);
  const auto cpu = points({"CPUUtilization", "Percent", 300, start, end});
  const auto percentage = points({"BurstCapacityPercentage", "Percent", 300, start, end});
  const auto time = points({"BurstCapacityTime", "Seconds", 300, start, end});
  REQUIRE(percentage.size() == 864);
  REQUIRE(time.size() == 864);
  int drained = 0, filled = 0;
  for (const auto& [at, point] : percentage) {
    const double level = point["average"];
    CHECK(time.at(at)["average"].get<double>() == doctest::Approx(level / 100 * 0.05 * 86400));
    const auto next = percentage.find(at + minutes(5));
    if (next == percentage.end()) continue;
    const double change = next->second["average"].get<double>() - level;
    const double expected = 100.0 / 288 * (1 - cpu.at(at)["average"].get<double>() / 5);
    const double reached = std::clamp(level + expected, 0.0, 100.0);
    CHECK(level + change == doctest::Approx(reached).epsilon(1e-5));
    (change < 0 ? drained : filled) += 1;
  }
  CHECK(drained > 10);
  CHECK(filled > drained);
}

TEST_CASE_FIXTURE(
    Measured,
    "GetInstanceMetricData: returns status checks each minute, other metrics each five minutes") {
  advance(hours(2));
  for (const char* name :
       {"StatusCheckFailed", "StatusCheckFailed_Instance", "StatusCheckFailed_System"}) {
    const auto checks = points({name, "Count", 60});
    CHECK(checks.size() == 60);
    for (const auto& [time, point] : checks) CHECK(point["maximum"] == 0);
  }
  const auto cpu = points({"CPUUtilization", "Percent", 60});
  CHECK(cpu.size() == 12);
  for (const auto& [time, point] : cpu) {
    CHECK(time % minutes(5) == 0);
    CHECK(point["sampleCount"] == 5);
  }
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: sums up the running period minute by minute") {
  const MetricQuery q{"CPUUtilization", "Percent", 300, test_start + minutes(5),
                      test_start + hours(1)};
  advance(test_start + minutes(6) - 1 - now());
  CHECK(points(q).empty());
  advance(1);
  double before = 0;
  for (int minute = 1; minute <= 5; ++minute) {
    const auto found = points(q);
    REQUIRE(found.size() == 1);
    const json point = found.at(test_start + minutes(5));
    CHECK(point["sampleCount"] == minute);
    CHECK(point["sum"] > before);
    before = point["sum"];
    advance(minutes(1));
  }
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: a period is final at the moment of its end") {
  const MetricQuery q{"CPUUtilization", "Percent", 300, test_start, test_start + minutes(5)};
  advance(test_start + minutes(5) - now());
  const auto first = points(q);
  REQUIRE(first.size() == 1);
  CHECK(first.at(test_start)["sampleCount"] ==
        4);  // it is running before the end of the first minute
  advance(hours(5));
  CHECK(points(q) == first);
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: periods of any phase are final at their end") {
  advance(days(1));
  for (int phase = 0; phase < 5; ++phase) {
    const Millis start = test_start + days(1) + minutes(10 + phase);
    const MetricQuery q{"NetworkOut", "Bytes", 300, start, start + minutes(5)};
    advance(start + minutes(5) - now());
    const auto at_end = points(q);
    REQUIRE(at_end.size() == 1);
    CHECK(at_end.begin()->first == start);
    CHECK(at_end.begin()->second["sampleCount"] == 5);
    advance(minutes(10));
    CHECK(points(q) == at_end);
    advance(test_start + days(1) - now() + hours(phase + 1));
  }
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: a period of a day has today's part") {
  advance(days(2) + hours(6));
  const MetricQuery q{"CPUUtilization", "Percent", 86400, test_start, test_start + days(3)};
  const auto found = points(q);
  REQUIRE(found.size() == 3);
  CHECK(found.at(test_start + days(1))["sampleCount"] == 1440);
  CHECK(found.at(test_start + days(2))["sampleCount"] == 360);
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: the last period is whole") {
  advance(hours(3));
  const MetricQuery q{"CPUUtilization", "Percent", 300, test_start + hours(1),
                      test_start + hours(1) + minutes(7)};
  const auto found = points(q);
  REQUIRE(found.size() == 2);
  CHECK(found.rbegin()->second["sampleCount"] == 5);
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: more than 1440 periods have no data") {
  advance(days(3));
  const auto found = [&](Millis range) {
    return points({"CPUUtilization", "Percent", 60, now() - range, now()}).size();
  };
  CHECK(found(minutes(1440)) == 288);
  CHECK(found(minutes(1440) + 1) == 0);
  const json response = response_to({"CPUUtilization", "Percent", 60, test_start, now()});
  CHECK(response == json({{"metricName", "CPUUtilization"}, {"metricData", json::array()}}));
}

TEST_CASE_FIXTURE(Measured,
                  "GetInstanceMetricData: returns no data before the creation or in the future") {
  advance(hours(1));
  CHECK(points({"CPUUtilization", "Percent", 300, test_start - days(1), test_start}).empty());
  CHECK(points({"CPUUtilization", "Percent", 300, now(), now() + days(1)}).empty());
}

TEST_CASE_FIXTURE(
    Measured, "GetInstanceMetricData: returns no data for the time when the instance is stopped") {
  advance(test_start + hours(2) - now());
  call("StopInstance", {{"instanceName", "web"}});
  advance(hours(2));
  const MetricQuery all{"CPUUtilization", "Percent", 300, test_start, test_start + hours(8)};
  CHECK(points(all).size() == 24);
  call("StartInstance", {{"instanceName", "web"}});
  advance(hours(1));
  const auto with_gap = points(all);
  CHECK(with_gap.size() == 36);
  for (const auto& [time, point] : with_gap) {
    CHECK((time < test_start + hours(2) || time >= test_start + hours(4)));
  }
  call("StopInstance", {{"instanceName", "web"}});
  call("StopInstance", {{"instanceName", "web"}, {"force", true}});
  CHECK(points(all) == with_gap);
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: resets the burst capacity at a stop") {
  advance(days(1));
  MetricQuery q{"BurstCapacityPercentage", "Percent"};
  q.statistics = {"Maximum"};
  const double before = points(q).rbegin()->second["maximum"];
  CHECK(before > 40);
  call("StopInstance", {{"instanceName", "web"}});
  advance(minutes(1));
  call("StartInstance", {{"instanceName", "web"}});
  advance(minutes(10));
  CHECK(points(q).rbegin()->second["maximum"] < 25);
}

TEST_CASE_FIXTURE(Measured,
                  "GetInstanceMetricData: returns no data for a unit other than the metric's") {
  advance(hours(2));
  for (const char* unit : {"Count", "Bytes", "None"}) {
    MetricQuery q;
    q.unit = unit;
    CHECK(points(q).empty());
  }
  CHECK(points({"NetworkIn", "Kilobytes"}).empty());
}

TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: keeps old data at coarser periods only") {
  advance(days(70));
  const auto count = [&](int period, int from_day, int to_day) {
    const MetricQuery q{"StatusCheckFailed", "Count", period, test_start + days(from_day),
                        test_start + days(to_day)};
    return points(q).size();
  };
  CHECK(count(60, 69, 70) == 1440);
  CHECK(count(60, 40, 41) == 0);
  CHECK(count(300, 40, 41) == 288);
  CHECK(count(300, 2, 3) == 0);
  CHECK(count(3600, 2, 3) == 24);
  advance(days(400));
  CHECK(count(3600, 2, 3) == 0);
  CHECK(count(3600, 30, 31) == 24);
}

// The CLI's recorded example has periods of a month that begin at the start time.
TEST_CASE_FIXTURE(Measured, "GetInstanceMetricData: begins periods at the start time") {
  advance(days(70));
  const Millis month = seconds(2628000), start = test_start - 2 * month - hours(5);
  const auto months = points({"NetworkOut", "Bytes", 2628000, start, start + 12 * month});
  REQUIRE(months.size() == 3);
  CHECK(months.contains(start + 2 * month));
  CHECK(months.contains(start + 4 * month));
  // The start time is rounded down to the minute.
  const Millis minute = test_start + days(69) + minutes(7);
  const auto recent =
      points({"CPUUtilization", "Percent", 300, minute + 17123, minute + minutes(20)});
  CHECK(recent.size() == 4);
  for (const auto& [time, point] : recent) CHECK((time - minute) % minutes(5) == 0);
}

TEST_CASE_FIXTURE(
    Measured,
    "GetInstanceMetricData: refuses invalid periods, times, statistics, metrics and units") {
  advance(days(3));
  const auto message = [&](const MetricQuery& q) {
    const Refused refusal = refused("GetInstanceMetricData", input(q));
    CHECK(refusal.status == 400);
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    return refusal.message;
  };
  CHECK(message({"CPUUtilization", "Percent", 90}) ==
        "The parameter period must be a multiple of 60.");
  CHECK(message({"CPUUtilization", "Percent", 300, now(), now()}) ==
        "The parameter StartTime must not equal parameter EndTime.");
  CHECK(message({"CPUUtilization", "Percent", 300, now(), now() - 1}) ==
        "The parameter StartTime must be less than the parameter EndTime.");
  MetricQuery none;
  none.statistics = json::array();
  CHECK(message(none) == "No statistics are given.");
  CHECK(message({"CPUUtilization", "Percent", 30}).find("greater than or equal to 60") !=
        std::string::npos);
  CHECK(message({"CPULoad"}).find("enum value set") != std::string::npos);
  CHECK(message({"CPUUtilization", "Furlongs"}).find("enum value set") != std::string::npos);
  MetricQuery median;
  median.statistics = {"Median"};
  CHECK(message(median).find("enum value set") != std::string::npos);
  CHECK(refused("GetInstanceMetricData", input({}, "nope")).message ==
        "The Instance does not exist: nope");
}

TEST_CASE("metrics.json: has all metrics of the model") {
  const json shapes = json::parse(*fixture("service-model.json")).at("shapes");
  const json metrics = json::parse(*fixture("metrics.json")).at("metrics");
  const std::pair<const char*, const char*> types[] = {
      {"Instance", "InstanceMetricName"}, {"RelationalDatabase", "RelationalDatabaseMetricName"}};
  for (const auto& [type, shape] : types) {
    const json names = shapes.at(shape).at("enum");
    CHECK(metrics.at(type).size() == names.size());
    for (const json& name : names) CHECK(metrics.at(type).contains(name.get<std::string>()));
  }
}

}  // namespace papersail
