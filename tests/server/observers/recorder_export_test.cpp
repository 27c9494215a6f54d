// The export of recorded calls for replay.
#include <algorithm>

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
                  "export: includes calls whose response was lost, not failed operations") {
  const std::string faults = "/_papersail/accounts/000000000000/faults";
  control("POST", faults,
          {{"action", "CreateInstances"}, {"times", 1}, {"phase", "after"}, {"reset", true}});
  response("CreateInstances", R"({"instanceNames":["web"],"availabilityZone":"us-east-1a",
                                "blueprintId":"ubuntu_24_04","bundleId":"nano_3_0"})");
  CHECK(lines().size() == 1);
  control("POST", faults, {{"action", "*"}, {"operation", json::object()}});
  call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(lines().size() == 1);
}

TEST_CASE("Recorder: omits calls from before an account was forgotten") {
  Recorder recorder;
  recorder.add(record(mine, "CreateDisk", "{}"), "{}", true);
  recorder.add(record("222222222222", "CreateDisk", "{}"), "{}", true);
  recorder.forget(mine);
  recorder.add(record(mine, "DeleteDisk", "{}"), "", true);
  CHECK(recorder.exported({.account = mine}) ==
        R"({"account":"111111111111","action":"DeleteDisk","input":{},"region":"us-east-1"})"
        "\n");
  CHECK(recorder.exported({.account = "222222222222"}).find("CreateDisk") != std::string::npos);
  CHECK(recorder.requests({}, 100)["requests"].size() == 3);
}

TEST_CASE("Recorder: counts evicted calls by account") {
  Recorder recorder({.calls = 2});
  for (int i = 0; i < 3; ++i) recorder.add(record(mine, "CreateDisk", "{}"), "{}", true);
  recorder.add(record("222222222222", "CreateDisk", "{}"), "{}", true);
  CHECK(recorder.dropped(mine) == 2);
  CHECK(recorder.dropped("222222222222") == 0);
  CHECK(recorder.dropped("") == 2);
  recorder.forget(mine);
  CHECK(recorder.dropped("") == 0);
}

TEST_CASE("export: refuses an incomplete export without partial=true") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::starting_at(test_start), 1});
  Dispatch dispatch(accounts, true);
  Control control{accounts, dispatch};
  const auto get_export = [&](const std::string& query) {
    return *control_response(control, "GET", "/_papersail/requests/export" + query, "");
  };
  const std::string input = R"({"junk":")" + std::string(1'000'000, 'x') + "\"}";
  for (int i = 0; i < 18; ++i) {
    dispatch.observers().recorder.add(record(mine, "TagResource", ""), input, true);
  }
  CHECK(get_export("").status == 409);
  CHECK(get_export("").body.find("The export would be incomplete") != std::string::npos);
  const std::string partial = get_export("?partial=true").body;
  CHECK(std::count(partial.begin(), partial.end(), '\n') > 10);
  CHECK(get_export("?account=999999999999").body.empty());
}

TEST_CASE_FIXTURE(Recorded, "export: is incomplete after a restore and for a fork") {
  const std::string accounts = "/_papersail/accounts/", exported = "/_papersail/requests/export";
  control("PUT", accounts + "000000000000/checkpoints/base");
  launch("web");
  control("POST", accounts + "000000000000/fork", {{"to", "222222222222"}});
  CHECK(control_refused("GET", exported + "?account=222222222222").first == 409);
  CHECK_NOTHROW(control("GET", exported + "?account=000000000000"));
  control("POST", accounts + "000000000000/checkpoints/base/restore");
  launch("web");
  CHECK(control_refused("GET", exported).first == 409);
  control("DELETE", accounts + "000000000000");
  control("DELETE", accounts + "222222222222");
  launch("web");
  CHECK(lines().size() == 1);
}

}  // namespace papersail
