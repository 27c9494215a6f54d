// Recorded requests.
#include <algorithm>

#include "server/observers/observers.hpp"
#include "tests/support/recorded.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Recorded, "requests: lists a call with its input, output and metadata") {
  launch("web");
  const json request = last();
  CHECK(request["id"] == 1);
  CHECK(request["requestId"].get<std::string>().size() == 36);
  CHECK(request["clock"] == "2026-01-01T00:00:00Z");
  CHECK(request["time"].get<std::string>() > "2020");
  CHECK(request["account"] == "000000000000");
  CHECK(request["region"] == "us-east-1");
  CHECK(request["action"] == "CreateInstances");
  CHECK(request["input"]["bundleId"] == "nano_3_0");
  CHECK(request["inputBytes"] > 50);
  CHECK(request["output"]["operations"][0]["resourceName"] == "web");
  CHECK(request["outputBytes"] > 200);
  CHECK(request["status"] == 200);
  CHECK(request["errorType"] == nullptr);
  CHECK(request["durationMs"] > 0);
  CHECK(request["unread"] == json::array());
  CHECK(request["faults"] == json::array());
}

TEST_CASE_FIXTURE(Recorded, "requests: lists a refused call with its error type and body") {
  refused("GetInstance", {{"instanceName", "nobody"}});
  const json request = last();
  CHECK(request["status"] == 400);
  CHECK(request["errorType"] == "NotFoundException");
  CHECK(request["output"]["message"] == "The Instance does not exist: nobody");
}

TEST_CASE_FIXTURE(Recorded, "requests: lists calls that reached no action or no account") {
  refused(
      "Make\xff"
      "Coffee",
      json::object());
  CHECK(last()["action"] ==
        "Lightsail_20161128.Make\xef\xbf\xbd"
        "Coffee");
  CHECK(last()["clock"] == nullptr);
  response("GetRegions", "{\"broken \xff");
  CHECK(last()["input"] == nullptr);
  CHECK(last()["inputBytes"] == 10);
  CHECK(last()["errorType"] == "SerializationException");
  response("GetRegions", "");
  CHECK(last()["input"] == nullptr);
  act_as("test", "mars-1");
  response("GetRegions", "{}");
  CHECK(last()["region"] == "mars-1");
  CHECK(last()["errorType"] == "UnrecognizedClientException");
}

TEST_CASE_FIXTURE(Recorded, "requests: returns the last calls up to the limit, oldest first") {
  call("GetRegions");
  call("GetBundles");
  call("GetInstances");
  CHECK(actions(requests()) == json({"GetRegions", "GetBundles", "GetInstances"}));
  CHECK(actions(requests("?limit=2")) == json({"GetBundles", "GetInstances"}));
  CHECK(requests("?limit=0").empty());
  CHECK(actions(requests("?after=2")) == json::array({"GetInstances"}));
  CHECK(requests("?after=3").empty());
  CHECK(requests("?&limit=1").size() == 1);
}

TEST_CASE_FIXTURE(Recorded, "requests: filters by account and by an action glob") {
  call("GetRegions");
  act_as(mine);
  call("GetBundles");
  call("GetRegions");
  CHECK(actions(requests("?account=111111111111")) == json({"GetBundles", "GetRegions"}));
  CHECK(actions(requests("?action=GetR*")) == json({"GetRegions", "GetRegions"}));
  CHECK(requests("?action=GetR*&account=111111111111").size() == 1);
  CHECK(requests("?account=999999999999").empty());
}

TEST_CASE_FIXTURE(Recorded, "requests: refuses unknown and invalid parameters") {
  const auto refusal = [&](const std::string& query) {
    const auto [status, message] = control_refused("GET", "/_papersail/requests" + query);
    CHECK(status == 400);
    return message;
  };
  CHECK(refusal("?acount=1") == "Unknown query parameter \"acount\".");
  CHECK(refusal("?limit=x") == "\"limit\" must be a whole number.");
  CHECK(refusal("?limit=-1") == "\"limit\" must be a whole number.");
  CHECK(refusal("?after=1x") == "\"after\" must be a whole number.");
  CHECK(refusal("?account=test") == "\"account\" must be twelve digits.");
  CHECK(refusal("/stream?limit=1") == "Unknown query parameter \"limit\".");
  CHECK(refusal("/export?after=1") == "Unknown query parameter \"after\".");
}

TEST_CASE_FIXTURE(Recorded, "requests: lists input members that the model does not have") {
  json input = {{"instanceNames", {"web"}},
                {"availabilityZone", "us-east-1a"},
                {"blueprintId", "ubuntu_24_04"},
                {"bundleId", "nano_3_0"}};
  input["colour"] = "red";
  input["tags"] = json::parse(R"([{"key": "a"}, {"key": "b", "size": {"x": 1}}])");
  call("CreateInstances", input);
  CHECK(last()["unread"] == json({"colour", "tags.2.member.size"}));
  CHECK(last()["input"]["colour"] == "red");
}

TEST_CASE_FIXTURE(Recorded, "requests: lists state changes made by the call and by time") {
  launch("web");
  const auto change = [](const json& from, const json& to) {
    return json({{"type", "Instance"},
                 {"name", "web"},
                 {"region", "us-east-1"},
                 {"from", from},
                 {"to", to}});
  };
  const json created = last()["changes"];
  CHECK(std::find(created.begin(), created.end(), change(nullptr, "pending")) != created.end());
  advance(seconds(18));
  call("GetRegions");
  CHECK(last()["changes"] == json::array({change("pending", "running")}));
  CHECK(last()["changeCount"] == 1);
  call("StopInstance", {{"instanceName", "web"}});
  CHECK(last()["changes"] == json::array({change("running", "stopping")}));
  call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(last()["changes"] == json::array({change("stopping", nullptr)}));
}

TEST_CASE_FIXTURE(Recorded, "requests: lists earlier changes by time with the next call") {
  launch("web");
  advance(seconds(18));
  account().store.settle(now());  // as the control API does
  account().store.commit();
  call("GetRegions");
  REQUIRE(last()["changes"].size() == 1);
  CHECK(last()["changes"][0]["to"] == "running");
  call("GetRegions");
  CHECK(last()["changes"].empty());
}

TEST_CASE_FIXTURE(Recorded, "requests: omits changes of a refused call but lists changes by time") {
  launch("web");
  advance(seconds(18));
  refused("CreateInstances", {{"instanceNames", {"new", "web"}},
                              {"availabilityZone", "us-east-1a"},
                              {"blueprintId", "ubuntu_24_04"},
                              {"bundleId", "nano_3_0"}});
  const json changes = last()["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["to"] == "running");
}

TEST_CASE_FIXTURE(Recorded, "requests: lists the faults that hit, and no status for a reset call") {
  const std::string faults = "/_papersail/accounts/000000000000/faults";
  control("POST", faults, {{"action", "*"}, {"latency_ms", 1}});
  control("POST", faults, {{"action", "*"}, {"reset", true}});
  response("GetRegions", "{}");
  CHECK(last()["faults"] == json({1, 2}));
  CHECK(last()["status"] == nullptr);
  CHECK(last()["output"] == nullptr);
  CHECK(last()["errorType"] == "ConnectionReset");
}

TEST_CASE_FIXTURE(Recorded, "requests: masks secrets in inputs and outputs") {
  create("db-1", {{"masterUserPassword", "sesame-open"}});
  CHECK(last()["input"]["masterUserPassword"] == "***");
  CHECK(last()["input"]["masterUsername"] == "dbmasteruser");
  call("GetRelationalDatabaseMasterUserPassword", {{"relationalDatabaseName", "db-1"}});
  CHECK(last()["output"]["masterUserPassword"] == "***");
  call("CreateKeyPair", {{"keyPairName", "mine"}});
  CHECK(last()["output"]["privateKeyBase64"] == "***");
  launch("web", {{"userData", "export TOKEN=sesame"}});
  CHECK(last()["input"]["userData"] == "***");
  advance(hours(1));
  call("GetInstanceAccessDetails", {{"instanceName", "web"}});
  CHECK(last()["output"]["accessDetails"]["privateKey"] == "***");
  CHECK(control("GET", "/_papersail/requests").dump().find("sesame") == std::string::npos);
}

TEST_CASE_FIXTURE(Recorded, "requests: omits bodies whose secrets cannot be found") {
  response("CreateRelationalDatabase", R"({"masterUserPassword": "sesame-open",})");
  CHECK(last()["input"] == nullptr);
  CHECK(last()["inputBytes"] == 38);
  response("CreateRelationalDatabase", R"({"masterUserPassword": 27182818})");
  CHECK(last()["output"]["message"].get<std::string>().find(
            "Value at 'masterUserPassword' failed") != std::string::npos);
  CHECK(control("GET", "/_papersail/requests").dump().find("sesame") == std::string::npos);
  CHECK(control("GET", "/_papersail/requests").dump().find("27182818") == std::string::npos);
}

TEST_CASE_FIXTURE(Recorded, "requests: omits a body that is nested too deeply") {
  response("GetRegions", std::string(30'000, '[') + std::string(30'000, ']'));
  CHECK(last()["input"] == nullptr);
  CHECK(last()["inputBytes"] == 60'000);
}

TEST_CASE("masked: masks all values in a secret member, and only there") {
  CHECK(masked({{"containers", {{"web", {{"environment", {{"KEY", "x"}, {"N", 1}}}}}}}}) ==
        json({{"containers", {{"web", {{"environment", {{"KEY", "***"}, {"N", "***"}}}}}}}}));
  const json sessions = json::parse(R"({"sessions": [{"name": "a", "url": "https://x"}]})");
  CHECK(masked(sessions)["sessions"][0]["url"] == "***");
  CHECK(masked(sessions)["sessions"][0]["name"] == "a");
  CHECK(masked({{"url", "https://x"}})["url"] == "https://x");
}

TEST_CASE_FIXTURE(Recorded, "requests: keeps only the size of a long body") {
  response("GetRegions", R"({"junk":")" + std::string(70'000, 'x') + "\"}");
  CHECK(last()["input"] == nullptr);
  CHECK(last()["inputBytes"] == 70'011);
  CHECK(last()["output"]["regions"].size() > 10);
}

TEST_CASE("Recorder: evicts the oldest records above the limits of number and size") {
  Recorder few({.requests = 3});
  for (int i = 0; i < 10; ++i) few.add(record(mine, "GetRegions", "{}"), "{}", false);
  const json kept = few.requests({}, 100)["requests"];
  REQUIRE(kept.size() == 3);
  CHECK(kept[0]["id"] == 8);
  Recorder small({.request_bytes = 100'000});
  for (int i = 0; i < 100; ++i) {
    small.add(record(mine, "GetRegions", std::string(10'000, 'x')), "{}", false);
    CHECK(small.bytes() <= 100'000);
  }
  CHECK(small.requests({}, 100)["requests"].size() == 9);
}

TEST_CASE("Recorder: amends a record when its commit fails") {
  Recorder recorder;
  recorder.add(record(mine, "CreateDisk", "{}", "first"), "{}", true);
  recorder.add(record(mine, "CreateDisk", "{}", "second"), "{}", true);
  Response lost;
  lost.request_id = "first";
  lost.status = 500;
  lost.error_type = "ServiceException";
  recorder.amend(lost);
  const json requests = recorder.requests({}, 100)["requests"];
  CHECK(requests[0]["status"] == 500);
  CHECK(requests[0]["errorType"] == "ServiceException");
  CHECK(requests[1]["status"] == 200);
  const std::string calls = recorder.exports().exported({});
  CHECK(std::count(calls.begin(), calls.end(), '\n') == 1);
}

TEST_CASE_FIXTURE(Recorded, "DELETE requests: clears the records and the export") {
  launch("web");
  CHECK(control("DELETE", "/_papersail/requests") == json::object());
  CHECK(requests().empty());
  CHECK(exported() == "");
  call("GetRegions");
  CHECK(last()["id"] == 2);
}

}  // namespace papersail
