#include <fstream>

#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

json instances(const std::vector<std::string>& names) {
  return {{"instanceNames", names},
          {"availabilityZone", "us-east-1a"},
          {"blueprintId", "ubuntu_22_04"},
          {"bundleId", "nano_3_0"}};
}

std::vector<std::string> values(const json& list, const char* member) {
  std::vector<std::string> out;
  for (const json& element : list) out.push_back(element.at(member));
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(Emulator,
                  "GetOperation: returns Started, then Succeeded with the exact end time") {
  const json begun = call("CreateInstances", instances({"web"}))["operations"][0];
  CHECK(begun["status"] == "Started");
  CHECK(begun["isTerminal"] == false);
  CHECK(begun["statusChangedAt"] == begun["createdAt"]);
  const auto now = [&] {
    return call("GetOperation", {{"operationId", begun["id"]}})["operation"];
  };
  advance(17'899);
  CHECK(now() == begun);
  advance(hours(1));
  json over = begun;
  over.update({{"status", "Succeeded"},
               {"isTerminal", true},
               {"statusChangedAt", timestamp(test_start + 17'900)}});
  CHECK(now() == over);
}

TEST_CASE_FIXTURE(Emulator, "GetOperation: refuses an unknown id") {
  const Refused refusal = refused("GetOperation", {{"operationId", "no-such-id"}});
  CHECK(refusal.status == 400);
  CHECK(refusal.type == "NotFoundException");
  CHECK(refusal.code == "DoesNotExist");
  CHECK(refusal.message == "The Operation does not exist: no-such-id");
}

TEST_CASE("GetOperation: returns Failed when a transition of the profile fails") {
  const Folder folder;
  std::ofstream(folder / "mine.json") << R"({"base": "realistic", "transitions": [
    {"type": "Instance", "name": "*-fail", "from": "pending", "after": 4, "to": null,
     "errorCode": "OutOfCapacity", "errorDetails": "No room in us-east-1a."}]})";
  Emulator emulator(folder / "mine.json");
  const json begun = emulator.call("CreateInstances", instances({"web-fail", "web"}))["operations"];
  emulator.advance(seconds(60));
  const auto now = [&](const json& operation) {
    return emulator.call("GetOperation", {{"operationId", operation["id"]}})["operation"];
  };
  const json failed = now(begun[0]);
  CHECK(failed["status"] == "Failed");
  CHECK(failed["isTerminal"] == true);
  CHECK(failed["errorCode"] == "OutOfCapacity");
  CHECK(failed["errorDetails"] == "No room in us-east-1a.");
  CHECK(failed["statusChangedAt"] == timestamp(test_start + 4000));
  CHECK(now(begun[1])["status"] == "Succeeded");
  CHECK(emulator.call("GetActiveNames")["activeNames"] == json({"web"}));
  emulator.call("CreateInstances", instances({"web-fail"}));  // the name is free
}

TEST_CASE("GetOperation: returns Succeeded at once with the instant profile") {
  Emulator emulator("instant");
  const json operation = emulator.call("CreateInstances", instances({"web"}))["operations"][0];
  CHECK(operation["status"] == "Succeeded");
  CHECK(operation["isTerminal"] == true);
  CHECK(emulator.call("GetInstanceState", {{"instanceName", "web"}})["state"]["name"] == "running");
}

TEST_CASE_FIXTURE(Emulator, "GetOperations: returns the region's operations, newest first") {
  call("CreateInstances", instances({"one", "two"}));
  call("DeleteInstance", {{"instanceName", "one"}});
  const json list = call("GetOperations")["operations"];
  CHECK(values(list, "operationType") ==
        std::vector<std::string>{"DeleteInstance", "CreateInstance", "CreateInstance"});
  CHECK(values(list, "resourceName") == std::vector<std::string>{"one", "two", "one"});
  act_as("test", "eu-west-1");
  CHECK(call("GetOperations")["operations"].empty());
}

TEST_CASE_FIXTURE(
    Emulator,
    "GetOperationsForResource: returns the operations of a name, also of a deleted resource") {
  call("CreateInstances", instances({"one", "two"}));
  call("DeleteInstance", {{"instanceName", "one"}});
  const auto of = [&](const char* name) {
    return values(call("GetOperationsForResource", {{"resourceName", name}})["operations"],
                  "operationType");
  };
  CHECK(of("one") == std::vector<std::string>{"DeleteInstance", "CreateInstance"});
  CHECK(of("two") == std::vector<std::string>{"CreateInstance"});
  const Refused refusal = refused("GetOperationsForResource", {{"resourceName", "three"}});
  CHECK(refusal.type == "NotFoundException");
  CHECK(refusal.message == "The Resource does not exist: three");
}

TEST_CASE_FIXTURE(Emulator, "GetActiveNames: returns the names of all types of resources, sorted") {
  CHECK(call("GetActiveNames")["activeNames"].empty());
  call("CreateInstances", instances({"web", "api"}));
  call("CreateKeyPair", {{"keyPairName", "mine"}});
  CHECK(call("GetActiveNames")["activeNames"] == json({"api", "mine", "web"}));
  call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(call("GetActiveNames")["activeNames"] == json({"api", "mine"}));
}

TEST_CASE_FIXTURE(
    Emulator, "List actions: continue with their own page token and refuse tokens of other lists") {
  account().quotas["Instance"] = std::nullopt;
  for (int i = 0; i < 250; ++i) {
    call("CreateInstances", instances({"web-" + std::to_string(i)}));
  }
  const std::pair<const char*, const char*> lists[] = {{"GetInstances", "instances"},
                                                       {"GetOperations", "operations"},
                                                       {"GetActiveNames", "activeNames"}};
  std::vector<std::string> tokens;
  for (const auto& [action, member] : lists) {
    const json first = call(action);
    CHECK(first[member].size() <= 200);
    tokens.push_back(first["nextPageToken"]);
    const json second = call(action, {{"pageToken", tokens.back()}});
    CHECK(first[member].size() + second[member].size() == 250);
    CHECK_FALSE(second.contains("nextPageToken"));
    CHECK(call(action, {{"pageToken", ""}}) == first);
  }
  for (std::size_t list = 0; list < std::size(lists); ++list) {
    for (std::size_t token = 0; token < tokens.size(); ++token) {
      if (token == list) continue;
      const Refused refusal = refused(lists[list].first, {{"pageToken", tokens[token]}});
      CHECK(refusal.type == "InvalidInputException");
      CHECK(refusal.message == "The page token is invalid: " + tokens[token]);
    }
    CHECK(refused(lists[list].first, {{"pageToken", tokens[list].substr(2)}}).status == 400);
    CHECK(refused("GetKeyPairs", {{"pageToken", tokens[list]}}).status == 400);
    act_as("test", "eu-west-1");
    CHECK(refused(lists[list].first, {{"pageToken", tokens[list]}}).status == 400);
    act_as("111111111111");
    CHECK(refused(lists[list].first, {{"pageToken", tokens[list]}}).message ==
          "The page token is invalid: " + tokens[list]);
    act_as("test");
  }
}

TEST_CASE_FIXTURE(Emulator, "GetOperationsForResource: returns pages") {
  call("CreateInstances", instances({"web"}));
  for (int i = 0; i < 205; ++i) {
    call("UntagResource", {{"resourceName", "web"}, {"tagKeys", json::array({"k"})}});
  }
  json request = {{"resourceName", "web"}};
  const json first = call("GetOperationsForResource", request);
  CHECK(first["operations"].size() == 200);
  request["pageToken"] = first["nextPageToken"];
  const json last = call("GetOperationsForResource", request);
  CHECK(last["operations"].size() == 6);
  CHECK(last["operations"][5]["operationType"] == "CreateInstance");
}

}  // namespace papersail
