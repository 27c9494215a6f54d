#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Site : Emulator {
  // Has a running WordPress instance "blog".
  Site() {
    launch("blog", "wordpress");
    advance(seconds(18));
  }

  void launch(const char* name, const char* blueprint, const char* bundle = "nano_3_0") {
    call("CreateInstances", {{"instanceNames", json::array({name})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", blueprint},
                             {"bundleId", bundle}});
  }
  static json input(const json& domains = {"example.com", "www.example.com"},
                    const char* name = "blog") {
    return {{"instanceName", name},
            {"emailAddress", "me@example.com"},
            {"domainNames", domains},
            {"certificateProvider", "LetsEncrypt"}};
  }
  json history() { return call("GetSetupHistory", {{"resourceName", "blog"}})["setupHistory"]; }
  std::string refusal(const json& in) {
    const Refused refusal = refused("SetupInstanceHttps", in);
    CHECK(refusal.type == "InvalidInputException");
    return refusal.message;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Site, "SetupInstanceHttps: shows its progress in the setup history") {
  CHECK(history().empty());
  const json operations = call("SetupInstanceHttps", input())["operations"];
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "SetupInstanceHttps");
  CHECK(operations[0]["resourceType"] == "Instance");
  CHECK(operations[0]["resourceName"] == "blog");
  CHECK(operations[0]["status"] == "Started");

  const json begun = history();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0]["operationId"] == operations[0]["id"]);
  CHECK(begun[0]["request"] == json({{"instanceName", "blog"},
                                     {"domainNames", {"example.com", "www.example.com"}},
                                     {"certificateProvider", "LetsEncrypt"}}));
  const json instance = call("GetInstance", {{"instanceName", "blog"}})["instance"];
  for (const char* member : {"name", "arn", "createdAt", "location", "resourceType"}) {
    CHECK(begun[0]["resource"][member] == instance[member]);
  }
  CHECK(begun[0]["status"] == "inProgress");
  REQUIRE(begun[0]["executionDetails"].size() == 1);
  CHECK(begun[0]["executionDetails"][0]["status"] == "inProgress");

  advance(seconds(60));
  const json steps = history()[0]["executionDetails"];
  REQUIRE(steps.size() == 3);
  CHECK(steps[1]["status"] == "succeeded");
  CHECK(steps[2]["status"] == "inProgress");
  CHECK(steps[2]["command"].get<std::string>().ends_with(
      "--email me@example.com --domains example.com,www.example.com"));
  CHECK(steps[0]["dateTime"] < steps[1]["dateTime"]);

  advance(seconds(60));
  CHECK(history()[0]["status"] == "succeeded");
  const json all = history()[0]["executionDetails"];
  for (const json& step : all) CHECK(step["status"] == "succeeded");
  CHECK(call("GetOperation", {{"operationId", operations[0]["id"]}})["operation"]["status"] ==
        "Succeeded");
}

TEST_CASE_FIXTURE(Site, "GetSetupHistory: returns the five most recent setups, newest first") {
  for (int i = 0; i < 6; ++i) {
    call("SetupInstanceHttps", input({"site" + std::to_string(i) + ".example.com"}));
    advance(minutes(2));
  }
  const json list = history();
  REQUIRE(list.size() == 5);
  CHECK(list[0]["request"]["domainNames"][0] == "site5.example.com");
  CHECK(list[4]["request"]["domainNames"][0] == "site1.example.com");
  CHECK(refused("GetSetupHistory",
                {{"resourceName", "blog"}, {"pageToken", "000000000000000000000000"}})
            .type == "InvalidInputException");
  CHECK(refused("GetSetupHistory", {{"resourceName", "nope"}}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(Site, "SetupInstanceHttps: refuses a call without a short domain name") {
  const std::string long_name = std::string(60, 'a') + ".example.com";
  CHECK(refusal(input(json::array({long_name}))) ==
        "At least one domain name must be 63 characters long or shorter.");
  call("SetupInstanceHttps", input({long_name, "example.com"}));
}

TEST_CASE_FIXTURE(Site, "SetupInstanceHttps: refuses a second setup while one is in progress") {
  call("SetupInstanceHttps", input());
  CHECK(refusal(input()) ==
        "HTTPS cannot be set up on the instance blog: another setup is in progress. Please wait "
        "for it to complete before trying again.");
}

TEST_CASE_FIXTURE(Site,
                  "SetupInstanceHttps: refuses an instance that does not meet the requirements") {
  const json names = {"example.com"};
  launch("new", "wordpress");
  CHECK(refusal(input(names, "new")).ends_with("it must be running, and is pending."));
  launch("bare", "ubuntu_24_04");
  launch("windows", "windows_server_2022_sql_2022_express", "large_win_3_0");
  advance(seconds(18));
  CHECK(refusal(input(names, "bare")).ends_with("ubuntu_24_04 has no HTTP server."));
  CHECK(refusal(input(names, "windows")).ends_with("has no HTTP server."));
  call("CloseInstancePublicPorts",
       {{"instanceName", "blog"},
        {"portInfo", {{"fromPort", 443}, {"toPort", 443}, {"protocol", "tcp"}}}});
  CHECK(refusal(input()).ends_with("its firewall must let port 443 in."));
  CHECK(refused("SetupInstanceHttps", input(names, "nope")).type == "NotFoundException");
  json bad = input({"not a domain"});
  CHECK(refusal(bad).find("domainNames") != std::string::npos);
}

}  // namespace papersail
