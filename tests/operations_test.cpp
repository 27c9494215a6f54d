#include <set>

#include "tests/emulator.hpp"

namespace papersail {
namespace {

struct Many : Emulator {
  void create(const std::string& prefix, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back(prefix + std::to_string(1000 + i));
    call("CreateInstances", {{"instanceNames", names},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
  }
  void remove(const std::string& name) { call("DeleteInstance", {{"instanceName", name}}); }

  // The names in all pages of a list; `between` runs after the first page.
  template <class Between>
  std::vector<std::string> walk(const char* action, const char* list, const char* member,
                                Between between) {
    std::vector<std::string> out;
    json request = json::object();
    for (int pages = 0;; ++pages) {
      const json page = call(action, request);
      CHECK(page[list].size() <= 200);
      for (const json& element : page[list]) {
        out.push_back(member ? element[member] : element);
      }
      if (!page.contains("nextPageToken")) return out;
      request["pageToken"] = page["nextPageToken"];
      if (pages == 0) between();
    }
  }
};

}  // namespace

TEST_CASE_FIXTURE(Many, "GetInstances: pages hold while machines come and go") {
  create("a-", 450);
  const auto names = walk("GetInstances", "instances", "name", [this] {
    create("b-", 10);  // newer than the page: not seen
    remove("a-1249");  // the last of the first page is a-1250, so this is the next one
    remove("a-1250");
    remove("a-1449");
  });
  CHECK(names.size() == 449);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 449);
  CHECK(names.front() == "a-1449");
  CHECK(names[199] == "a-1250");
  CHECK(names[200] == "a-1248");
  CHECK(names.back() == "a-1000");
}

TEST_CASE_FIXTURE(Many, "GetActiveNames, GetOperations, GetOperationsForResource: in pages too") {
  create("a-", 250);
  const auto names = walk("GetActiveNames", "activeNames", nullptr, [this] { remove("a-1249"); });
  CHECK(names.size() == 249);
  CHECK(walk("GetOperations", "operations", "id", [] {}).size() == 251);
  for (int i = 0; i < 205; ++i) {
    call("TagResource", {{"resourceName", "a-1000"}, {"tags", json::array()}});
  }
  const json first = call("GetOperationsForResource", {{"resourceName", "a-1000"}});
  CHECK(first["operations"].size() == 200);
  const json last = call("GetOperationsForResource",
                         {{"resourceName", "a-1000"}, {"pageToken", first["nextPageToken"]}});
  CHECK(last["operations"].size() == 6);
  CHECK(last["operations"][5]["operationType"] == "CreateInstance");
}

TEST_CASE_FIXTURE(Many, "pageToken: one that is bad, cut, of another list or region is refused") {
  create("a-", 201);
  const std::string token = call("GetInstances")["nextPageToken"];
  const auto refuse = [this](const char* action, const std::string& bad) {
    const Refused refusal = refused(action, {{"pageToken", bad}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message == "The page token is invalid: " + bad);
  };
  refuse("GetInstances", "x");
  refuse("GetInstances", token.substr(0, token.size() - 1));
  refuse("GetInstances", token + "00");
  refuse("GetOperations", token);
  refuse("GetKeyPairs", token);
  refuse("GetActiveNames", token);
  refuse("GetBundles", token);
  refuse("GetBlueprints", token);
  act_as("test", "eu-west-1");
  refuse("GetInstances", token);
}

TEST_CASE_FIXTURE(Many, "GetOperation: an unknown id is not found") {
  const Refused refusal =
      refused("GetOperation", {{"operationId", "3c40fbaa-6a7e-4e4b-9c2f-1d2d3c4b5a69"}});
  CHECK(refusal.type == "NotFoundException");
  CHECK(refused("GetOperationsForResource", {{"resourceName", "nope"}}).type ==
        "NotFoundException");
}

TEST_CASE_FIXTURE(Many, "GetOperations: newest first, of this region only") {
  create("a-", 2);
  remove("a-1000");
  act_as("test", "us-west-2");
  CHECK(call("GetOperations")["operations"].empty());
  act_as("test");
  const json list = call("GetOperations")["operations"];
  REQUIRE(list.size() == 3);
  CHECK(list[0]["operationType"] == "DeleteInstance");
  CHECK(list[1]["resourceName"] == "a-1001");
  CHECK(list[2]["resourceName"] == "a-1000");
}

}  // namespace papersail
