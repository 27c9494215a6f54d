#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

const std::string accounts_path = "/_papersail/accounts/";
const std::string own = accounts_path + "000000000000";
const std::string clock_path = own + "/clock";

void create(Emulator& emulator, const std::string& name) {
  emulator.call("CreateInstances", {{"instanceNames", {name}},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "ubuntu_24_04"},
                                    {"bundleId", "nano_3_0"}});
}

std::string state_of(Emulator& emulator, const std::string& name) {
  return emulator.call("GetInstanceState", {{"instanceName", name}}).at("state").at("name");
}

json instant(const char* text) {
  return {{"mode", "manual"}, {"now", text}};
}

}  // namespace

TEST_CASE_FIXTURE(Emulator, "GET clock: returns the mode, the scale and the time") {
  CHECK(control("GET", clock_path) == json({{"mode", "manual"},
                                            {"scale", 0.0},
                                            {"now", "2026-01-01T00:00:00Z"},
                                            {"epochSeconds", 1767225600.0}}));
}

TEST_CASE_FIXTURE(Emulator, "PUT clock: sets a time given as text or seconds") {
  CHECK(control("PUT", clock_path, instant("2026-03-01T12:00:00.5Z")).at("now") ==
        "2026-03-01T12:00:00.500Z");
  create(*this, "web");
  CHECK(call("GetInstance", {{"instanceName", "web"}}).at("instance").at("createdAt") ==
        1772366400.5);
  const json set = control("PUT", clock_path, {{"mode", "manual"}, {"now", 1772366401.25}});
  CHECK(set.at("now") == "2026-03-01T12:00:01.250Z");
  CHECK(set.at("epochSeconds") == 1772366401.25);
}

TEST_CASE_FIXTURE(Emulator, "POST advance: applies every due transition at its exact time") {
  create(*this, "web");
  const json deep = {
      {"transitions",
       {{{"type", "Instance"}, {"from", "running"}, {"after", 10}, {"to", "stopping"}},
        {{"type", "Instance"}, {"from", "stopping"}, {"after", 10}, {"to", "stopped"}},
        {{"type", "Instance"}, {"from", "pending"}, {"after", 5}, {"to", "running"}}}}};
  control("PUT", own + "/lifecycle", deep);
  CHECK(control("POST", clock_path + "/advance", {{"seconds", 17.899}}).at("now") ==
        "2026-01-01T00:00:17.899Z");
  CHECK(state_of(*this, "web") == "pending");
  control("POST", clock_path + "/advance", {{"seconds", 0.001}});
  CHECK(state_of(*this, "web") == "running");
  control("POST", clock_path + "/advance", {{"seconds", 19.999}});
  CHECK(state_of(*this, "web") == "stopping");
  control("POST", clock_path + "/advance", {{"seconds", 0.001}});
  CHECK(state_of(*this, "web") == "stopped");
  CHECK(control("GET", own + "/resources/us-east-1/web").at("dueAt").is_null());
}

TEST_CASE_FIXTURE(Emulator, "POST advance: commits due transitions before the response") {
  create(*this, "web");
  control("POST", clock_path + "/advance", {{"seconds", 900}});
  account().store.roll_back();
  CHECK(account().store.get("us-east-1", "Instance", "web").doc.at("state").at("name") ==
        "running");
}

TEST_CASE_FIXTURE(Emulator,
                  "PUT clock: sets a scaled clock, with or without a start, and a real one") {
  json shown = control("PUT", clock_path, {{"mode", "scaled"}, {"scale", 3600}});
  CHECK(shown.at("mode") == "scaled");
  CHECK(shown.at("scale") == 3600);
  CHECK(shown.at("epochSeconds") >= 1767225600.0);
  CHECK(shown.at("epochSeconds") < 1767225600.0 + 3600 * 600);
  shown = control("PUT", clock_path,
                  {{"mode", "scaled"}, {"scale", 1}, {"now", "2030-01-01T00:00:00Z"}});
  CHECK(shown.at("now").get<std::string>().starts_with("2030-01-01T00:"));
  shown = control("PUT", clock_path, {{"mode", "real"}});
  CHECK(shown.at("mode") == "real");
  CHECK(shown.at("scale") == 1);
  CHECK(now() - Clock::real().now() < 1000);
}

TEST_CASE_FIXTURE(Emulator, "PUT clock: keeps a real clock real when its scale is set to 1") {
  control("PUT", clock_path, {{"mode", "real"}});
  for (int i = 0; i < 100; ++i) {
    const json clock = control("PUT", clock_path, {{"mode", "scaled"}, {"scale", 1}});
    REQUIRE(clock.at("mode") == "real");
  }
}

TEST_CASE_FIXTURE(Emulator,
                  "PUT clock: stops at the present time, also in an account with resources") {
  control("PUT", clock_path, {{"mode", "scaled"}, {"scale", 1e6}});
  create(*this, "web");
  const json stopped = control("PUT", clock_path, {{"mode", "manual"}});
  CHECK(stopped.at("mode") == "manual");
  CHECK(control("GET", clock_path) == stopped);
}

TEST_CASE_FIXTURE(Emulator, "PUT clock: moves back only in an empty account") {
  control("PUT", clock_path, instant("2020-01-01T00:00:00Z"));
  CHECK(now() == *instant_of("2020-01-01T00:00:00Z"));
  create(*this, "web");
  const auto [status, message] =
      control_refused("PUT", clock_path, instant("2019-12-31T23:59:59Z").dump());
  CHECK(status == 409);
  CHECK(message ==
        "The account's time is 2020-01-01T00:00:00Z and cannot go back to 2019-12-31T23:59:59Z "
        "because the account is not empty. Reset the account first, or restore a checkpoint that "
        "was taken at that time.");
  CHECK(now() == *instant_of("2020-01-01T00:00:00Z"));
  control("DELETE", own + "/resources/us-east-1/web");  // its operations remain
  CHECK(control_refused("PUT", clock_path, instant("2019-12-31T23:59:59Z").dump()).first == 409);
  control("PUT", clock_path, instant("2020-01-01T00:00:00Z"));
  control("DELETE", own);
  control("PUT", clock_path, instant("2019-01-01T00:00:00Z"));
}

TEST_CASE_FIXTURE(Emulator, "PUT clock: sets the clock of one account only") {
  control("PUT", accounts_path + "111111111111/clock", instant("2027-01-01T00:00:00Z"));
  CHECK(control("GET", clock_path).at("now") == "2026-01-01T00:00:00Z");
  act_as("111111111111");
  CHECK(now() == *instant_of("2027-01-01T00:00:00Z"));
}

TEST_CASE_FIXTURE(Emulator, "PUT clock: names the invalid member") {
  const auto refusal = [&](const json& body) {
    const auto [status, message] = control_refused("PUT", clock_path, body.dump());
    CHECK(status == 400);
    return message;
  };
  CHECK(refusal(json::array()) == "The body must be a JSON object.");
  CHECK(refusal(json::object()) == R"("mode" must be "real", "scaled" or "manual".)");
  CHECK(refusal({{"mode", "frozen"}}) == R"("mode" must be "real", "scaled" or "manual".)");
  CHECK(refusal({{"mode", 1}}) == R"("mode" must be a string.)");
  CHECK(refusal({{"mode", "manual"}, {"time", 1}}) == R"(Unknown member "time".)");
  const std::string scale =
      R"("scale" is required with "mode": "scaled" and not allowed with another mode.)";
  CHECK(refusal({{"mode", "scaled"}}) == scale);
  CHECK(refusal({{"mode", "manual"}, {"scale", 60}}) == scale);
  CHECK(refusal({{"mode", "scaled"}, {"scale", "60"}}) == R"("scale" must be a number.)");
  CHECK(refusal({{"mode", "scaled"}, {"scale", 0}}).starts_with("\"scale\" must be at least"));
  CHECK(refusal({{"mode", "scaled"}, {"scale", 1e9}}).starts_with("\"scale\" must be at least"));
  CHECK(refusal({{"mode", "real"}, {"now", 0}}).starts_with("\"now\" is not allowed with"));
  const std::string form =
      R"("now" must be a time such as "2026-01-01T00:00:00Z", or seconds since 1970.)";
  for (const json& none : {json("noon"), json(-1), json(1e12), json(true), json()}) {
    CHECK(refusal({{"mode", "manual"}, {"now", none}}) == form);
  }
  CHECK(control("GET", clock_path).at("now") == "2026-01-01T00:00:00Z");
}

TEST_CASE_FIXTURE(Emulator, "POST advance: refuses negative and excessive values") {
  const auto refusal = [&](const std::string& body) {
    const auto [status, message] = control_refused("POST", clock_path + "/advance", body);
    CHECK(status == 400);
    return message;
  };
  CHECK(refusal("") == "The body must be a JSON object.");
  CHECK(refusal("{}") == R"("seconds" is required.)");
  CHECK(refusal(R"({"seconds": "900"})") == R"("seconds" must be a number.)");
  CHECK(refusal(R"({"minutes": 15})") == R"(Unknown member "minutes".)");
  CHECK(refusal(R"({"seconds": -1})").starts_with("\"seconds\" must be at least 0"));
  CHECK(refusal(R"({"seconds": 1e10})").starts_with("\"seconds\" must be at least 0"));
  control("PUT", clock_path, instant("9999-12-31T23:59:59Z"));
  CHECK(refusal(R"({"seconds": 1})") == "\"seconds\" would move the clock past the year 9999.");
}

TEST_CASE("Clock: keeps a manual time over a restart, not for new accounts") {
  const Folder folder;
  {
    Emulator emulator("realistic", folder.path());
    create(emulator, "web");
    emulator.control("POST", clock_path + "/advance", {{"seconds", 10}});
    emulator.control("GET", accounts_path + "111111111111/clock");
  }
  Emulator emulator("realistic", folder.path());
  CHECK(emulator.control("GET", clock_path).at("now") == "2026-01-01T00:00:10Z");
  CHECK(emulator.control("GET", accounts_path + "111111111111/clock").at("now") ==
        "2026-01-01T00:00:00Z");
  emulator.control("POST", clock_path + "/advance", {{"seconds", 7.899}});
  CHECK(state_of(emulator, "web") == "pending");
  emulator.control("POST", clock_path + "/advance", {{"seconds", 0.001}});
  CHECK(state_of(emulator, "web") == "running");
}

TEST_CASE("Clock: continues a scaled clock over a restart") {
  const Folder folder;
  json before;
  {
    Emulator emulator("realistic", folder.path());
    before = emulator.control("PUT", clock_path, {{"mode", "scaled"}, {"scale", 60}});
  }
  Emulator emulator("realistic", folder.path());
  const json after = emulator.control("GET", clock_path);
  CHECK(after.at("scale") == 60);
  CHECK(after.at("epochSeconds") >= before.at("epochSeconds"));
}

TEST_CASE_FIXTURE(Emulator, "PUT lifecycle: applies a named profile to later calls") {
  CHECK(control("GET", own + "/lifecycle") == json({{"profile", "realistic"}}));
  create(*this, "old");
  CHECK(control("PUT", own + "/lifecycle", {{"profile", "instant"}}) ==
        json({{"profile", "instant"}}));
  CHECK(control("GET", own + "/lifecycle") == json({{"profile", "instant"}}));
  create(*this, "new");
  CHECK(state_of(*this, "new") == "running");
  advance(17'899);
  CHECK(state_of(*this, "old") == "pending");  // as scheduled before the change
  advance(1);
  CHECK(state_of(*this, "old") == "running");
  act_as("111111111111");
  create(*this, "theirs");
  CHECK(state_of(*this, "theirs") == "pending");
}

TEST_CASE_FIXTURE(Emulator, "PUT lifecycle: accepts custom transitions, with failures") {
  const json rows = {{"base", "realistic"},
                     {"transitions",
                      {{{"type", "Instance"},
                        {"name", "*-fail"},
                        {"from", "pending"},
                        {"after", 5},
                        {"to", "terminated"},
                        {"patch", {{"state", {{"code", 48}}}}},
                        {"errorCode", "InsufficientCapacity"},
                        {"errorDetails", "There is no room for this instance."}}}}};
  CHECK(control("PUT", own + "/lifecycle", rows) == rows);
  create(*this, "web-fail");
  create(*this, "web");
  advance(seconds(5));
  const json operation =
      call("GetOperationsForResource", {{"resourceName", "web-fail"}}).at("operations").at(0);
  CHECK(operation.at("status") == "Failed");
  CHECK(operation.at("errorCode") == "InsufficientCapacity");
  CHECK(state_of(*this, "web") == "pending");
}

TEST_CASE_FIXTURE(Emulator, "PUT lifecycle: refuses an invalid profile and changes nothing") {
  const auto refusal = [&](const std::string& body) {
    const auto [status, message] = control_refused("PUT", own + "/lifecycle", body);
    CHECK(status == 400);
    return message;
  };
  CHECK(refusal(R"({"profile": "slow"})") == "lifecycle: There is no profile \"slow\".");
  CHECK(refusal(R"({"profile": "/etc/passwd"})") ==
        "lifecycle: There is no profile \"/etc/passwd\".");
  CHECK(refusal(R"({"base": "../realistic"})") ==
        "lifecycle: There is no profile \"../realistic\".");
  CHECK(refusal(R"({"profile": 1})") == "lifecycle: \"profile\" must be a string.");
  CHECK(refusal(R"({"profiles": "fast"})") == "lifecycle: Unknown member \"profiles\".");
  CHECK(refusal("") == "lifecycle: A profile must be a JSON object.");
  CHECK(refusal("{") == "The body is not valid JSON.");
  CHECK(refusal(R"({"transitions": [{"type": "Disk", "from": "a", "to": "a"}]})") ==
        "lifecycle: The transitions of Disk form a loop at \"a\" without a delay of 1 s: one of "
        "them must take at least 1 s.");
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  CHECK(refusal(R"({"transitions": )" + deep + "}") == "The body is nested too deeply.");
  CHECK(control("GET", own + "/lifecycle") == json({{"profile", "realistic"}}));
}

TEST_CASE("PUT lifecycle: persists the lifecycle of the account over a restart") {
  const Folder folder;
  const json rows = {{"base", "realistic"}, {"scale", 0.5}};
  {
    Emulator emulator("realistic", folder.path());
    emulator.control("PUT", own + "/lifecycle", rows);
    create(emulator, "web");
  }
  Emulator emulator("instant", folder.path());
  CHECK(emulator.control("GET", own + "/lifecycle") == rows);
  CHECK(emulator.control("GET", accounts_path + "111111111111/lifecycle") ==
        json({{"profile", "instant"}}));
  create(emulator, "second");
  emulator.advance(8949);
  CHECK(state_of(emulator, "second") == "pending");
  emulator.advance(1);
  CHECK(state_of(emulator, "second") == "running");
  CHECK(state_of(emulator, "web") == "running");
}

}  // namespace papersail
