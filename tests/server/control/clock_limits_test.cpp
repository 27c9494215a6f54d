// The number of transitions that one request applies.
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const std::string own = "/_papersail/accounts/000000000000";
const std::string clock_path = own + "/clock";
const std::string advance_path = clock_path + "/advance";

// An account with an instance that changes its state each second, and a limit of ten transitions.
struct Circling : Emulator {
  Circling() {
    control("PUT", own + "/lifecycle",
            {{"transitions",
              {{{"type", "Instance"}, {"from", "pending"}, {"after", 1}, {"to", "running"}},
               {{"type", "Instance"}, {"from", "running"}, {"after", 1}, {"to", "pending"}}}}});
    create("web");
    account().most_transitions = 10;
  }
  void create(const std::string& name) {
    call("CreateInstances", {{"instanceNames", {name}},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
  }
  json stored(const std::string& name) {
    return account().store.inventory().entry("us-east-1", name);
  }
  std::pair<int, std::string> advance_refused(int seconds) {
    return control_refused("POST", advance_path, json({{"seconds", seconds}}).dump());
  }
};

const std::string try_again =
    "papersail is still applying the transitions that are due, and has reached "
    "2026-01-01T00:00:11Z. Please try again.";

}  // namespace

TEST_CASE_FIXTURE(Circling, "POST advance: refuses more transitions than the limit") {
  control("POST", advance_path, {{"seconds", 10}});
  const json before = stored("web");
  CHECK(before.at("dueAt") == "2026-01-01T00:00:11Z");
  const auto [status, message] = advance_refused(1000);
  CHECK(status == 409);
  CHECK(message ==
        "More than 10 transitions are due before 2026-01-01T00:16:50Z. Move the clock in smaller "
        "steps: the next one may go up to 2026-01-01T00:00:21Z.");
  CHECK(control("GET", clock_path).at("now") == "2026-01-01T00:00:10Z");
  CHECK(stored("web") == before);
  control("POST", advance_path, {{"seconds", 11}});
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:21Z");
}

TEST_CASE_FIXTURE(Circling, "PUT clock: refuses more transitions than the limit") {
  const auto put = json({{"mode", "manual"}, {"now", "2027-01-01T00:00:00Z"}}).dump();
  CHECK(control_refused("PUT", clock_path, put).first == 409);
  CHECK(control_refused("PUT", clock_path, R"({"mode": "real"})").first == 409);
  CHECK(control("GET", clock_path).at("now") == "2026-01-01T00:00:00Z");
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:01Z");
}

TEST_CASE_FIXTURE(Circling, "POST advance: does not report the changes of a refused advance") {
  CHECK(advance_refused(1000).first == 409);
  call("GetActiveNames");
  const json records = control("GET", "/_papersail/requests?limit=1").at("requests");
  CHECK(records.at(0).at("action") == "GetActiveNames");
  CHECK(records.at(0).at("changeCount") == 0);
}

TEST_CASE_FIXTURE(Circling, "POST advance: reaches a time at which more than the limit are due") {
  for (int i = 1; i < 12; ++i) create("web-" + std::to_string(i));
  CHECK(advance_refused(2).second.ends_with("the next one may go up to 2026-01-01T00:00:01Z."));
  control("POST", advance_path, {{"seconds", 1}});
  CHECK(stored("web-10").at("dueAt") == "2026-01-01T00:00:01Z");
  CHECK(stored("web-9").at("dueAt") == "2026-01-01T00:00:02Z");
  call("GetActiveNames");  // applies the last two
  CHECK(stored("web-10").at("dueAt") == "2026-01-01T00:00:02Z");
}

TEST_CASE_FIXTURE(Circling, "Dispatch: applies transitions of a long pause in several calls") {
  advance(seconds(25));
  const Response first = response("GetActiveNames", "{}");
  CHECK(first.status == 500);
  CHECK(first.error_type == "ServiceException");
  CHECK(json::parse(first.body).at("message") == try_again);
  account().store.roll_back();  // they were committed
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:11Z");
  CHECK(response("GetActiveNames", "{}").status == 500);
  CHECK(call("GetInstanceState", {{"instanceName", "web"}}).at("state").at("name") == "running");
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:26Z");
}

TEST_CASE_FIXTURE(Circling, "Control API: applies transitions of a long pause in several calls") {
  advance(seconds(25));
  CHECK(control_refused("GET", clock_path) == std::pair(500, try_again));
  CHECK(control("GET", "/_papersail/accounts").at("accounts").at(0).contains("error"));
  CHECK(control("GET", own).at("id") == "000000000000");
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:26Z");
}

TEST_CASE_FIXTURE(Circling, "PUT clock: changes the speed while transitions are due") {
  advance(days(1));
  CHECK(control("PUT", clock_path, {{"mode", "scaled"}, {"scale", 0.001}}).at("mode") == "scaled");
  CHECK(control("PUT", clock_path, {{"mode", "manual"}}).at("mode") == "manual");
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:01Z");
}

TEST_CASE_FIXTURE(Circling, "POST restore: replaces an account whose transitions are due") {
  control("PUT", own + "/checkpoints/base");
  advance(days(1));
  CHECK(control_refused("PUT", own + "/checkpoints/base").first == 500);
  control("POST", own + "/checkpoints/base/restore");
  CHECK(stored("web").at("dueAt") == "2026-01-01T00:00:01Z");
}

}  // namespace papersail
