// The export of recorded calls for replay.
#include <algorithm>
#include <set>
#include <sstream>

#include "server/observers/observers.hpp"
#include "tests/support/recorded.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Recorded, "export: returns the calls that changed something, in order, as sent") {
  launch("web", {{"userData", "secret"}});
  call("GetInstances");
  refused("StopInstance", {{"instanceName", "web"}});
  act_as(mine, "eu-west-1");
  call("CreateKeyPair", {{"keyPairName", "mine"}});
  const auto calls = lines();
  REQUIRE(calls.size() == 2);
  CHECK(calls[0]["account"] == "000000000000");
  CHECK(calls[0]["region"] == "us-east-1");
  CHECK(calls[0]["action"] == "CreateInstances");
  CHECK(calls[0]["input"]["userData"] == "secret");
  CHECK(calls[0].size() == 4);
  CHECK(calls[1] == json({{"account", mine},
                          {"region", "eu-west-1"},
                          {"action", "CreateKeyPair"},
                          {"input", {{"keyPairName", "mine"}}}}));
  CHECK(lines("?account=111111111111").size() == 1);
  CHECK(lines("?action=CreateI*").size() == 1);
}

TEST_CASE_FIXTURE(Recorded, "export: recreates the resources when replayed") {
  launch("web", {{"tags", json::parse(R"([{"key": "team", "value": "a"}])")}});
  create("db-1", {{"masterUserPassword", "sesame-open"}});
  advance(hours(1));
  call("StopInstance", {{"instanceName", "web"}});
  call("DeleteRelationalDatabase",
       {{"relationalDatabaseName", "db-1"}, {"skipFinalSnapshot", true}});
  Recorded again("instant");
  for (const json& line : lines()) again.call(line["action"].get<std::string>(), line["input"]);
  CHECK(again.call("GetInstance", {{"instanceName", "web"}})["instance"]["tags"][0]["key"] ==
        "team");
  CHECK(again.call("GetInstanceState", {{"instanceName", "web"}})["state"]["name"] == "stopped");
  CHECK(again.call("GetRelationalDatabases")["relationalDatabases"].empty());
}

TEST_CASE_FIXTURE(Recorded,
                  "export: includes calls whose response was lost, and the faults of operations") {
  const std::string faults = "/_papersail/accounts/000000000000/faults";
  control("POST", faults,
          {{"action", "CreateInstances"}, {"times", 1}, {"phase", "after"}, {"reset", true}});
  response("CreateInstances", R"({"instanceNames":["web"],"availabilityZone":"us-east-1a",
                                "blueprintId":"ubuntu_24_04","bundleId":"nano_3_0"})");
  CHECK(lines().size() == 1);
  control("POST", faults, {{"action", "*"}, {"operation", json::object()}});
  call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(actions(lines()) == json({"CreateInstances", "POST /faults", "DeleteInstance"}));
}

namespace {

const std::string other = "222222222222";

ExportLine call_line(const std::string& account, const std::string& action) {
  return {"", account, "us-east-1", action, "{}"};
}

ExportLine request_line(const std::string& account, const std::string& action,
                        const json& input = nullptr) {
  return control_line(account, action, input.is_null() ? "" : input.dump(), std::nullopt);
}

// A log, and the actions of its export.
struct Log {
  explicit Log(std::size_t most = 1000) : log(most, 1 << 20) {}
  void call(const std::string& action, const std::string& account = mine) {
    log.add(call_line(account, action));
  }
  void request(const std::string& action, const json& input = nullptr,
               const std::string& account = mine) {
    log.add(request_line(account, action, input));
  }
  std::string actions(const ExportFilter& filter = {}) const {
    std::istringstream text(log.exported(filter));
    std::string out;
    for (std::string line; std::getline(text, line);) {
      out += (out.empty() ? "" : ", ") + json::parse(line)["action"].get<std::string>();
    }
    return out;
  }
  ExportLog log;
};

}  // namespace

TEST_CASE("ExportLog: omits calls from before a reset") {
  Log log;
  log.call("CreateDisk");
  log.call("CreateDisk", other);
  log.request("DELETE /");
  log.call("DeleteDisk");
  CHECK(log.log.exported({.account = mine}) ==
        R"({"account":"111111111111","action":"DeleteDisk","input":{},"region":"us-east-1"})"
        "\n");
  CHECK(log.actions() == "CreateDisk, DeleteDisk");
}

TEST_CASE("ExportLog: keeps what a restore needs, and nothing between checkpoint and restore") {
  Log log;
  log.call("One");
  log.request("PUT /checkpoints/a");
  log.call("Two");
  log.request("POST /checkpoints/a/restore");
  log.call("Three");
  CHECK(log.actions() == "One, PUT /checkpoints/a, POST /checkpoints/a/restore, Three");
  log.request("DELETE /");
  log.request("DELETE /checkpoints/a");
  CHECK(log.actions() == "");
}

TEST_CASE("ExportLog: keeps a checkpoint from before a reset") {
  Log log;
  log.call("One");
  log.request("PUT /checkpoints/a");
  log.request("DELETE /");
  log.call("Two");
  CHECK(log.actions() == "One, PUT /checkpoints/a, DELETE /, Two");
}

TEST_CASE("ExportLog: exports a fork with the lines of the other account before it") {
  Log log;
  log.call("One");
  log.call("Old", other);
  log.request("POST /fork", {{"to", other}, {"replace", true}});
  log.call("Two");
  log.call("Three", other);
  CHECK(log.actions({.account = other}) == "One, POST /fork, Three");
  CHECK(log.actions({.account = mine}) == "One, Two");
  CHECK(log.actions() == "One, POST /fork, Two, Three");
}

TEST_CASE("ExportLog: sets the clock at the start if a later line sets it to an instant") {
  Log log;
  ExportLine first = call_line(mine, "One");
  first.clock = test_start;
  log.log.add(first);
  log.request("POST /clock/advance", {{"seconds", 1}});
  CHECK(log.actions() == "One, POST /clock/advance");
  log.request("PUT /clock", {{"mode", "manual"}, {"now", "2027-01-01T00:00:00Z"}});
  CHECK(log.actions() == "PUT /clock, One, POST /clock/advance, PUT /clock");
  CHECK(log.log.exported({}).starts_with(
      R"({"account":"111111111111","action":"PUT /clock","input":{"mode":"manual","now":"2026-)"));
}

TEST_CASE("ExportLog: knows the accounts that its lines cannot make") {
  Log log(3);
  using Accounts = std::set<std::string>;
  log.log.mark_lost("333333333333");
  CHECK(log.log.lost() == Accounts{"333333333333"});
  for (int i = 0; i < 4; ++i) log.call("One");  // the first one is evicted
  CHECK(log.log.lost() == Accounts{mine, "333333333333"});
  CHECK(log.actions() == "");
  CHECK(log.actions({.partial = true}) == "One, One, One");
  log.request("POST /fork", {{"to", other}});
  CHECK(log.log.lost() == Accounts{mine, other, "333333333333"});
  log.request("DELETE /");
  CHECK(log.log.lost() == Accounts{other, "333333333333"});
  log.request("POST /checkpoints/unknown/restore");
  CHECK(log.log.lost() == Accounts{mine, other, "333333333333"});
  log.log.clear();
  CHECK(log.log.lost().empty());
}

TEST_CASE_FIXTURE(Recorded, "export: contains requests of the control API, but no faults") {
  const std::string own = "/_papersail/accounts/000000000000";
  control("PUT", own + "/clock", {{"mode", "manual"}});
  control("POST", own + "/clock/advance", {{"seconds", 60}});
  control("PUT", own + "/lifecycle", {{"profile", "instant"}});
  launch("web");
  control("PATCH", own + "/resources/us-east-1/web", {{"bundleId", "micro_3_0"}});
  control("POST", own + "/faults", {{"action", "*"}, {"reset", true}});
  control("DELETE", own + "/faults");
  control_refused("PUT", own + "/lifecycle", R"({"profile":"none"})");
  CHECK(actions(lines()) == json({"PUT /clock", "POST /clock/advance", "PUT /lifecycle",
                                  "CreateInstances", "PATCH /resources/us-east-1/web"}));
  CHECK(lines()[1] == json({{"account", "000000000000"},
                            {"action", "POST /clock/advance"},
                            {"input", {{"seconds", 60}}}}));
  CHECK(lines("?action=PUT*").size() == 2);
}

TEST_CASE("export: has the present state of an account whose first calls are gone") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::starting_at(test_start), 1});
  Dispatch dispatch(accounts, true);
  Control control{accounts, dispatch};
  const auto get_export = [&](const std::string& query) {
    return *control_response(control, "GET", "/_papersail/requests/export" + query, "");
  };
  accounts[mine];
  const std::string input = R"({"junk":")" + std::string(1'000'000, 'x') + "\"}";
  for (int i = 0; i < 18; ++i) {
    dispatch.observers().recorder.add(record(mine, "TagResource", ""), input, true);
  }
  const Response whole = get_export("");
  CHECK(whole.status == 200);
  CHECK(std::count(whole.body.begin(), whole.body.end(), '\n') == 3);
  CHECK(whole.body.find("PUT /checkpoints/exported-state") != std::string::npos);
  const std::string partial = get_export("?partial=true").body;
  CHECK(std::count(partial.begin(), partial.end(), '\n') > 10);
  CHECK(get_export("?account=999999999999").body.empty());
}

}  // namespace papersail
