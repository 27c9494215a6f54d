// Coverage of the service by the calls so far.
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Covered : Emulator {
  json coverage() { return control("GET", "/_papersail/coverage"); }
  void launch() {
    call("CreateInstances", {{"instanceNames", json::array({"web"})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
  }
};

}  // namespace

TEST_CASE_FIXTURE(Covered, "coverage: lists everything with a count of 0 before the first call") {
  const json report = coverage();
  const json& summary = report["summary"];
  CHECK(summary["actions"] == json({{"exercised", 0}, {"all", Model().actions().size()}}));
  CHECK(summary["errors"]["exercised"] == 0);
  CHECK(summary["errors"]["all"] > 900);
  CHECK(summary["states"]["exercised"] == 0);
  CHECK(summary["states"]["all"] > 5);
  CHECK(report["actions"].size() == Model().actions().size());
  CHECK(report["actions"]["GetInstance"]["errors"]["NotFoundException"] == 0);
  CHECK(report["states"]["Instance"]["running"] == 0);
}

TEST_CASE_FIXTURE(Covered, "coverage: counts calls, errors and states as they occur") {
  launch();
  refused("GetInstance", {{"instanceName", "nobody"}});
  call("GetInstance", {{"instanceName", "web"}});
  advance(seconds(18));
  act_as("111111111111");
  call("GetRegions");
  CHECK(coverage()["states"]["Instance"]["running"] == 0);  // no call has settled the account since
  act_as("test");
  call("GetRegions");
  const json report = coverage();
  CHECK(report["actions"]["GetInstance"]["calls"] == 2);
  CHECK(report["actions"]["GetInstance"]["succeeded"] == 1);
  CHECK(report["actions"]["GetInstance"]["errors"]["NotFoundException"] == 1);
  CHECK(report["actions"]["GetRegions"]["succeeded"] == 2);
  CHECK(report["states"]["Instance"]["pending"] == 1);
  CHECK(report["states"]["Instance"]["running"] == 1);
  CHECK(report["states"]["Instance"]["stopped"] == 0);
  const json& summary = report["summary"];
  CHECK(summary["actions"]["exercised"] == 3);
  CHECK(summary["errors"]["exercised"] == 1);
  CHECK(summary["states"]["exercised"] == 2);
}

TEST_CASE_FIXTURE(Covered, "coverage: does not count an action that was only refused") {
  refused("GetInstance", {{"instanceName", "nobody"}});
  CHECK(coverage()["summary"]["actions"]["exercised"] == 0);
}

TEST_CASE_FIXTURE(Covered, "coverage: counts injected errors that the model does not list") {
  control("POST", "/_papersail/accounts/000000000000/faults",
          {{"action", "GetRegions"}, {"error", {{"type", "ThrottlingException"}}}});
  refused("GetRegions");
  CHECK(coverage()["actions"]["GetRegions"]["errors"]["ThrottlingException"] == 1);
}

TEST_CASE_FIXTURE(Covered, "DELETE coverage: resets all counts") {
  const json before = coverage();
  launch();
  CHECK(coverage() != before);
  CHECK(control("DELETE", "/_papersail/coverage") == json::object());
  CHECK(coverage() == before);
}

TEST_CASE_FIXTURE(Covered, "coverage: writes JUnit cases, skipped if they were not exercised") {
  launch();
  const std::string xml = control("GET", "/_papersail/coverage?format=junit");
  const auto has = [&](const std::string& text) { return xml.find(text) != std::string::npos; };
  CHECK(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
  CHECK(xml.ends_with("</testsuites>\n"));
  const std::size_t actions = Model().actions().size();
  CHECK(has("<testsuite name=\"actions\" tests=\"" + std::to_string(actions) +
            "\" failures=\"0\" errors=\"0\" skipped=\"" + std::to_string(actions - 1) + "\">"));
  CHECK(has(R"(<testcase classname="papersail.actions" name="CreateInstances"/>)"));
  CHECK(has(R"(<testcase classname="papersail.actions" name="GetInstance"><skipped)"));
  CHECK(has(
      R"(<testcase classname="papersail.errors" name="GetInstance: NotFoundException"><skipped)"));
  CHECK(has(R"(<testcase classname="papersail.states" name="Instance: pending"/>)"));
  CHECK(has(R"(<testcase classname="papersail.states" name="Instance: running"><skipped)"));
}

TEST_CASE_FIXTURE(Covered, "coverage: refuses an unknown format") {
  const auto [status, message] = control_refused("GET", "/_papersail/coverage?format=html");
  CHECK(status == 400);
  CHECK(message == "\"format\" must be json or junit.");
  CHECK(control("GET", "/_papersail/coverage?format=json").contains("summary"));
}

}  // namespace papersail
