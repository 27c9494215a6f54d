// What an account remembers: over restarts, through time, with a seed.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/emulator.hpp"

namespace papersail {
namespace {

// A folder that goes with the test.
struct Folder {
  Folder() {
    char name[] = "/tmp/papersail-state-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

const json web = {{"instanceName", "web"}};

void create(Emulator& emulator, const std::string& name = "web") {
  emulator.call("CreateInstances", {{"instanceNames", json::array({name})},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "ubuntu_24_04"},
                                    {"bundleId", "nano_3_0"}});
}

std::string state(Emulator& emulator) {
  return emulator.call("GetInstanceState", web)["state"]["name"];
}

// A bit of everything, as one text.
std::string transcript(std::uint64_t seed) {
  Emulator emulator("realistic", "", seed);
  std::string out;
  const auto say = [&](const char* action, const json& input) {
    out += emulator.answer(action, input.dump()).body + "\n";
    emulator.advance(seconds(20));
  };
  say("CreateInstances", {{"instanceNames", {"web", "db"}},
                          {"availabilityZone", "us-east-1a"},
                          {"blueprintId", "ubuntu_24_04"},
                          {"bundleId", "nano_3_0"}});
  say("GetInstances", json::object());
  say("CreateKeyPair", {{"keyPairName", "mine"}});
  say("GetInstanceAccessDetails", web);
  say("DownloadDefaultKeyPair", json::object());
  say("CreateRelationalDatabase", {{"relationalDatabaseName", "data"},
                                   {"relationalDatabaseBlueprintId", "mysql_8_0"},
                                   {"relationalDatabaseBundleId", "micro_2_0"},
                                   {"masterDatabaseName", "main"},
                                   {"masterUsername", "boss"}});
  say("GetRelationalDatabase", {{"relationalDatabaseName", "data"}});
  say("StopInstance", web);
  say("GetOperations", json::object());
  return out;
}

}  // namespace

TEST_CASE("--seed: the same seed and the same calls give the same bytes, another seed others") {
  const std::string first = transcript(7);
  CHECK(first.find("ServiceException") == std::string::npos);
  CHECK(transcript(7) == first);
  CHECK(transcript(8) != first);
}

TEST_CASE("--data: a restart keeps everything, half-done transitions included") {
  const Folder folder;
  json before, operation;
  {
    Emulator emulator("realistic", folder.path);
    create(emulator);
    emulator.advance(seconds(10));
    before = emulator.call("GetInstance", web);
    operation = emulator.call("GetOperations")["operations"][0];
  }
  Emulator emulator("realistic", folder.path);
  CHECK(emulator.call("GetInstance", web) == before);
  emulator.advance(17899);
  CHECK(state(emulator) == "pending");
  emulator.advance(1);
  CHECK(state(emulator) == "running");
  const json after = emulator.call("GetOperation", {{"operationId", operation["id"]}})["operation"];
  CHECK(after["status"] == "Succeeded");
  CHECK(after["statusChangedAt"] == (test_start + 17900) / 1000.0);
  create(emulator, "other");
  CHECK(emulator.call("GetInstance", {{"instanceName", "other"}})["instance"]["arn"] !=
        before["instance"]["arn"]);
}

TEST_CASE("--data: accounts have a file each") {
  const Folder folder;
  Emulator emulator("fast", folder.path);
  create(emulator);
  emulator.act_as("111111111111");
  create(emulator);
  CHECK(std::filesystem::exists(folder.path + "/000000000000.sqlite"));
  CHECK(std::filesystem::exists(folder.path + "/111111111111.sqlite"));
}

TEST_CASE("Store: a file of a newer format is refused, and two stores on one file") {
  const Folder folder;
  const std::string path = folder.path + "/a.sqlite";
  const Lifecycle lifecycle = Lifecycle::load("fast");
  {
    Store store(path, lifecycle, 1);
    CHECK_THROWS_AS(Store(path, lifecycle, 1), std::runtime_error);
  }
  Database(path).execute("PRAGMA user_version = 99");
  const std::string message =
      "cannot open " + path + ": it was written by a newer papersail (format 99, this one knows 1)";
  CHECK_THROWS_WITH_AS(Store(path, lifecycle, 1), message.c_str(), std::runtime_error);
}

TEST_CASE("Lifecycle: instant is over by the next call, fast is a sixtieth") {
  Emulator instant("instant");
  create(instant);
  CHECK(state(instant) == "running");
  CHECK(instant.call("GetOperations")["operations"][0]["status"] == "Succeeded");
  Emulator fast("fast");
  create(fast);
  fast.advance(297);
  CHECK(state(fast) == "pending");
  fast.advance(1);
  CHECK(state(fast) == "running");
}

TEST_CASE("Lifecycle: a file of one's own, with a machine that fails by its name") {
  const Folder folder;
  const std::string path = folder.path + "/mine.json";
  std::ofstream(path) << R"({"base": "realistic", "transitions": [
    {"type": "Instance", "name": "*-fail", "from": "pending", "after": 5, "to": "terminated",
     "patch": {"state": {"code": 48, "name": "terminated"}},
     "errorCode": "NoRoom", "errorDetails": "There is no room."}]})";
  Emulator emulator(path);
  create(emulator, "web");
  create(emulator, "web-fail");
  emulator.advance(seconds(5));
  const json failed =
      emulator.call("GetOperationsForResource", {{"resourceName", "web-fail"}})["operations"][0];
  CHECK(failed["status"] == "Failed");
  CHECK(failed["isTerminal"] == true);
  CHECK(failed["errorCode"] == "NoRoom");
  CHECK(failed["errorDetails"] == "There is no room.");
  CHECK(emulator.call("GetInstanceState", {{"instanceName", "web-fail"}})["state"]["code"] == 48);
  CHECK(state(emulator) == "pending");
}

TEST_CASE("Lifecycle: rows that turn in a circle without time are refused, so is rubbish") {
  CHECK_THROWS_AS(Lifecycle::parse(R"({"transitions": [
    {"type": "Disk", "from": "a", "to": "b"}, {"type": "Disk", "from": "b", "to": "a"}]})"),
                  std::invalid_argument);
  CHECK_THROWS_AS(Lifecycle::parse("{"), std::invalid_argument);
  CHECK_THROWS_AS(Lifecycle::parse(R"({"transitions": [{"type": "Disk"}]})"),
                  std::invalid_argument);
  CHECK_THROWS_AS(Lifecycle::load("no-such-profile"), std::invalid_argument);
}

TEST_CASE("Store: chains keep their exact times, whenever somebody looks") {
  const Lifecycle lifecycle = Lifecycle::parse(R"({"transitions": [
    {"type": "Disk", "from": "one", "after": 1, "to": "two", "patch": {"state": "two"}},
    {"type": "Disk", "from": "two", "after": 1, "to": "three", "patch": {"state": "three"}},
    {"type": "Disk", "from": "three", "after": 1, "to": null}]})");
  Store store("", lifecycle, 1);
  Resource disk{0, "us-east-1", "Disk", "data", {{"state", "one"}}, json::object()};
  store.create(disk, 500);
  store.change_later(disk, 1600, {{"note", "between"}}, {{"kept", true}});
  store.settle(1599);
  CHECK(store.get("us-east-1", "Disk", "data").doc == json({{"state", "two"}}));
  store.settle(3499);
  const Resource settled = store.get("us-east-1", "Disk", "data");
  CHECK(settled.doc == json({{"note", "between"}, {"state", "three"}}));
  CHECK(settled.secret == json({{"kept", true}}));
  store.settle(3500);
  CHECK_FALSE(store.find("us-east-1", "data").has_value());
}

TEST_CASE("Store: what is rolled back never was, ids included") {
  const Lifecycle lifecycle = Lifecycle::load("fast");
  Store store("", lifecycle, 1);
  const std::string first = store.ids().uuid();
  Resource disk{0, "us-east-1", "Disk", "data", {{"state", "available"}}, json::object()};
  store.create(disk, 0);
  store.roll_back();
  CHECK_FALSE(store.has("us-east-1", "data"));
  CHECK(store.ids().uuid() == first);
  store.commit();
  CHECK(store.ids().uuid() != first);
}

TEST_CASE("Scope: the account from the key, the region from scope, then host, then us-east-1") {
  const auto scope = [](std::string_view key, std::string_view host) {
    const std::string authorization =
        key.empty() ? "" : "AWS4-HMAC-SHA256 Credential=" + std::string(key) + ", SignedHeaders=x";
    const Scope found = scope_of({"", authorization, host, ""});
    return found.account + " " + found.region;
  };
  CHECK(scope("123456789012/20260101/eu-west-1/lightsail/aws4_request", "") ==
        "123456789012 eu-west-1");
  CHECK(scope("AKIAEXAMPLE/20260101/eu-west-1/lightsail/aws4_request",
              "lightsail.us-west-2.amazonaws.com") == "000000000000 eu-west-1");
  CHECK(scope("", "lightsail.us-west-2.amazonaws.com:443") == "000000000000 us-west-2");
  CHECK(scope("", "lightsail.us-west-2.api.aws") == "000000000000 us-west-2");
  CHECK(scope("", "127.0.0.1:4566") == "000000000000 us-east-1");
}

}  // namespace papersail
