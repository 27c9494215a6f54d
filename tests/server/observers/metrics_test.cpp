// Metrics for Prometheus.
#include "server/observers/metrics.hpp"

#include <regex>
#include <sstream>

#include "server/version.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Measured : Emulator {
  std::string metrics() { return control("GET", "/_papersail/metrics"); }
  bool has(const std::string& line) {
    const std::string text = '\n' + metrics();
    INFO(text);
    return text.find('\n' + line + '\n') != std::string::npos;
  }
  // Returns the value of the sample with this name and labels.
  double value(const std::string& name) {
    const std::string text = metrics();
    const std::size_t at = text.find('\n' + name + ' ');
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + name.size() + 2));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Measured, "metrics: counts calls by action and outcome") {
  call("GetRegions");
  call("GetRegions");
  refused("GetInstance", {{"instanceName", "nobody"}});
  refused("MakeCoffee");
  CHECK(has(R"(papersail_requests_total{action="GetRegions",outcome="ok"} 2)"));
  CHECK(has(R"(papersail_requests_total{action="GetInstance",outcome="NotFoundException"} 1)"));
  CHECK(has(R"(papersail_requests_total{action="-",outcome="UnknownOperationException"} 1)"));
}

TEST_CASE_FIXTURE(Measured, "metrics: has a histogram of durations in seconds for each action") {
  call("GetRegions");
  const std::string name = "papersail_request_duration_seconds";
  CHECK(has("# TYPE " + name + " histogram"));
  CHECK(has(name + R"(_bucket{action="GetRegions",le="+Inf"} 1)"));
  CHECK(has(name + R"(_count{action="GetRegions"} 1)"));
  const double sum = value(name + R"(_sum{action="GetRegions"})");
  CHECK(sum > 0);
  CHECK(sum < 60);
}

TEST_CASE("Metrics: counts durations cumulatively, bounds included") {
  Metrics metrics;
  using std::chrono::microseconds;
  for (const int us : {10, 25, 26, 1000, 20'000'000}) {
    metrics.note("GetDisk", "", microseconds(us));
  }
  MetricText out;
  metrics.write(out);
  const auto count = [&](const std::string& bound) {
    const std::string line =
        R"(papersail_request_duration_seconds_bucket{action="GetDisk",le=")" + bound + "\"} ";
    const std::size_t at = out.text.find(line);
    REQUIRE(at != std::string::npos);
    return std::stoi(out.text.substr(at + line.size()));
  };
  CHECK(count("2.5e-05") == 2);
  CHECK(count("5e-05") == 3);
  CHECK(count("0.0005") == 3);
  CHECK(count("0.001") == 4);
  CHECK(count("10.0") == 4);
  CHECK(count("+Inf") == 5);
}

TEST_CASE_FIXTURE(Measured, "metrics: counts resources by account and type") {
  CHECK(metrics().find("papersail_resources{") == std::string::npos);
  act_as("111111111111");
  call("CreateInstances", {{"instanceNames", {"web-1", "web-2"}},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "ubuntu_24_04"},
                           {"bundleId", "nano_3_0"}});
  CHECK(has(R"(papersail_resources{account="111111111111",type="Instance"} 2)"));
}

TEST_CASE_FIXTURE(Measured, "metrics: reports memory, recorded bytes, uptime and version") {
  CHECK(value("process_resident_memory_bytes") > 1'000'000);
  const double before = value("papersail_recorded_bytes");
  call("GetRegions");
  CHECK(value("papersail_recorded_bytes") > before);
  CHECK(value("papersail_uptime_seconds") > 0);
  CHECK(has("papersail_info{version=\"" + std::string(version) + "\"} 1"));
}

TEST_CASE_FIXTURE(Measured, "metrics: writes only comments and samples with labels") {
  call("GetRegions");
  std::istringstream text(metrics());
  const std::regex form(
      R"(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)");
  for (std::string line; std::getline(text, line);) {
    CHECK_MESSAGE(std::regex_match(line, form), line);
  }
}

TEST_CASE("label: escapes the value") {
  CHECK(label("type", "a\"b\\c\nd") == "type=\"a\\\"b\\\\c d\"");
}

}  // namespace papersail
