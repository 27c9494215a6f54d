#include <filesystem>
#include <fstream>

#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

const std::string accounts_path = "/_papersail/accounts";
const std::string own = accounts_path + "/000000000000";

json create(Emulator& emulator, const std::string& name) {
  return emulator.call("CreateInstances", {{"instanceNames", {name}},
                                           {"availabilityZone", "us-east-1a"},
                                           {"blueprintId", "ubuntu_24_04"},
                                           {"bundleId", "nano_3_0"}});
}

std::string arn_of(Emulator& emulator, const std::string& name) {
  return emulator.call("GetInstance", {{"instanceName", name}}).at("instance").at("arn");
}

// Creates an instance "web" in the default account and in another one.
void fill(const Folder& folder, const char* other) {
  Emulator emulator("realistic", folder.path());
  create(emulator, "web");
  emulator.act_as(other);
  create(emulator, "web");
}

std::string message_of(std::pair<int, std::string> refusal, int status) {
  CHECK(refusal.first == status);
  return refusal.second;
}

}  // namespace

TEST_CASE_FIXTURE(Emulator,
                  "GET accounts: lists the accounts that were called, with their contents") {
  CHECK(control("GET", accounts_path) == json({{"accounts", json::array()}}));
  create(*this, "web");
  create(*this, "db");
  call("CreateKeyPair", {{"keyPairName", "key"}});
  act_as("111111111111");
  call("GetInstances");
  const json list = control("GET", accounts_path).at("accounts");
  REQUIRE(list.size() == 2);
  CHECK(list[0].at("id") == "000000000000");
  CHECK(list[0].at("types").at("Instance") == 2);
  CHECK(list[0].at("resources") >= 3);
  CHECK(list[0].at("operations") == 3);
  CHECK(list[0].at("clock").at("now") == "2026-01-01T00:00:00Z");
  CHECK(list[0].at("lifecycle") == json({{"profile", "realistic"}}));
  CHECK(list[1].at("id") == "111111111111");
  CHECK(list[1].at("resources") == 0);
  CHECK(list[1].at("types") == json::object());
  CHECK(control("GET", own) == list[0]);
  CHECK(message_of(control_refused("GET", accounts_path + "/222222222222"), 404) ==
        "There is no account 222222222222 yet.");
  CHECK(control_refused("GET", accounts_path + "/22222").first == 404);
  CHECK(message_of(control_refused("GET", accounts_path + "?all=1"), 400) ==
        "Unknown query parameter \"all\".");
}

TEST_CASE("GET accounts: lists accounts on disk without keeping them open") {
  const Folder folder;
  {
    Emulator emulator("realistic", folder.path());
    create(emulator, "web");
  }
  std::ofstream(folder / "111111111111.sqlite") << std::string(8192, 'x');
  std::ofstream(folder / "notes.sqlite") << "not an account";
  Emulator emulator("realistic", folder.path());
  const json list = emulator.control("GET", accounts_path).at("accounts");
  REQUIRE(list.size() == 2);
  CHECK(list[0].at("types").at("Instance") == 1);
  CHECK(list[1].at("id") == "111111111111");
  CHECK(list[1].at("error").get<std::string>().find("file is not a database") != std::string::npos);
  CHECK(emulator.accounts().open().empty());
}

TEST_CASE_FIXTURE(Emulator, "DELETE account: removes all data and restarts ids and time") {
  const json first = create(*this, "web");
  const std::string arn = arn_of(*this, "web");
  call("CreateKeyPair", {{"keyPairName", "key"}});
  control("PUT", own + "/lifecycle", {{"profile", "instant"}});
  control("POST", own + "/clock/advance", {{"seconds", 900}});
  CHECK(control("DELETE", own) == json({{"status", "ok"}}));
  CHECK(control("GET", accounts_path).at("accounts").empty());
  CHECK(call("GetInstances").at("instances").empty());
  CHECK(call("GetOperations").at("operations").empty());
  CHECK(control("GET", own + "/clock").at("now") == "2026-01-01T00:00:00Z");
  CHECK(control("GET", own + "/lifecycle") == json({{"profile", "realistic"}}));
  CHECK(create(*this, "web") == first);
  CHECK(arn_of(*this, "web") == arn);
}

TEST_CASE_FIXTURE(Emulator, "DELETE account: keeps the other accounts") {
  create(*this, "web");
  act_as("111111111111");
  create(*this, "web");
  control("DELETE", own);
  CHECK_NOTHROW(arn_of(*this, "web"));
  act_as("000000000000");
  CHECK(refused("GetInstance", {{"instanceName", "web"}}).type == "NotFoundException");
}

TEST_CASE_FIXTURE(Emulator,
                  "DELETE accounts: resets all accounts, as do the paths of LocalStack and moto") {
  for (const auto& [method, path] :
       {std::pair("DELETE", accounts_path.c_str()), std::pair("POST", "/_localstack/state/reset"),
        std::pair("POST", "/moto-api/reset")}) {
    for (const char* account : {"000000000000", "111111111111"}) {
      act_as(account);
      create(*this, "web");
    }
    CHECK(control(method, path) == json({{"status", "ok"}}));
    for (const char* account : {"000000000000", "111111111111"}) {
      act_as(account);
      CHECK(call("GetInstances").at("instances").empty());
    }
  }
}

TEST_CASE_FIXTURE(Emulator, "DELETE accounts: resets accounts that only have faults too") {
  const std::string faults = accounts_path + "/111111111111/faults";
  control("POST", faults, {{"action", "*"}, {"reset", true}});
  CHECK(control("GET", accounts_path + "/111111111111").at("id") == "111111111111");
  control("POST", "/moto-api/reset");
  CHECK(control("GET", faults).at("faults").empty());
}

TEST_CASE("Accounts: closes idle accounts above the limit without losing data") {
  const Folder folder;
  Emulator emulator("instant", folder.path());
  create(emulator, "web");
  for (int i = 0; i < 260; ++i) {
    emulator.act_as(std::to_string(100'000'000'000 + i));
    emulator.call("GetInstances");
  }
  CHECK(emulator.control("GET", accounts_path).at("accounts").size() == 261);
  const auto open = emulator.accounts().open();
  CHECK(open.size() <= 256);
  for (const Account* account : open) CHECK(account->id != "000000000000");
  emulator.act_as("000000000000");
  CHECK(emulator.call("GetInstances").at("instances").size() == 1);
}

TEST_CASE("DELETE account: removes the files of open and closed accounts") {
  const Folder folder;
  fill(folder, "111111111111");
  Emulator emulator("realistic", folder.path());
  emulator.control("GET", own + "/clock");  // opens the account
  emulator.control("DELETE", own);
  emulator.control("DELETE", accounts_path + "/111111111111");
  for (const char* id : {"000000000000", "111111111111"}) {
    for (const char* end : {".sqlite", ".sqlite-wal", ".sqlite-shm"}) {
      CHECK_FALSE(std::filesystem::exists(folder / (std::string(id) + end)));
    }
  }
  CHECK(emulator.call("GetInstances").at("instances").empty());
}

TEST_CASE_FIXTURE(Emulator, "POST fork: copies the account under the other account's id") {
  create(*this, "web");
  control("POST", own + "/clock/advance", {{"seconds", 10}});
  control("PUT", own + "/lifecycle", {{"base", "realistic"}, {"scale", 2}});
  const json original = call("GetInstance", {{"instanceName", "web"}}).at("instance");
  const json forked = control("POST", own + "/fork", {{"to", "222222222222"}});
  CHECK(forked.at("id") == "222222222222");
  CHECK(forked.at("types").at("Instance") == 1);
  CHECK(forked.at("operations") == 1);
  act_as("222222222222");
  json copy = call("GetInstance", {{"instanceName", "web"}}).at("instance");
  const std::string arn = original.at("arn");
  CHECK(copy.at("arn") ==
        "arn:aws:lightsail:us-east-1:222222222222" + arn.substr(arn.find(":Instance/")));
  copy["arn"] = arn;
  CHECK(copy == original);
  CHECK(call("GetOperations").at("operations").size() == 1);
  CHECK(control("GET", accounts_path + "/222222222222/clock").at("now") == "2026-01-01T00:00:10Z");
  CHECK(control("GET", accounts_path + "/222222222222/lifecycle").at("scale") == 2);
  control("POST", accounts_path + "/222222222222/clock/advance", {{"seconds", 7.9}});
  CHECK(call("GetInstanceState", {{"instanceName", "web"}}).at("state").at("name") == "running");
}

TEST_CASE_FIXTURE(Emulator, "POST fork: separates the two accounts from then on") {
  create(*this, "web");
  control("POST", own + "/fork", {{"to", "222222222222"}});
  control("POST", own + "/clock/advance", {{"seconds", 60}});
  call("DeleteInstance", {{"instanceName", "web"}});
  const json here = create(*this, "new");
  act_as("222222222222");
  CHECK(call("GetInstanceState", {{"instanceName", "web"}}).at("state").at("name") == "pending");
  const json there = create(*this, "new");
  CHECK(here.at("operations").at(0).at("id") != there.at("operations").at(0).at("id"));
  CHECK(call("GetInstances").at("instances").size() == 2);
}

TEST_CASE_FIXTURE(
    Emulator,
    "POST fork: renames the account id in internal state, scheduled changes and details") {
  Store& store = account().store;
  Resource disk{0, "us-east-1", "Disk", "data", {}, json::object()};
  disk.doc = {{"name", "data"}, {"of", "arn:aws:lightsail:us-east-1:000000000000:Disk/1"}};
  disk.internal = {{"of", "arn:aws:iam::000000000000:role/x"}};
  store.create(disk, now());
  store.schedule().add_change(disk, now() + 5, {{"to", "arn:aws:x::000000000000:y"}},
                              {{"to", "arn:aws:x::000000000000:z"}});
  store.operations().add({"an-id", "CreateDisk", "us-east-1", "", "data", "Disk",
                          "arn:aws:lightsail:us-east-1:000000000000:Disk/1", now(), now(), "", ""});
  store.commit();
  control("POST", own + "/fork", {{"to", "222222222222"}});
  control("POST", accounts_path + "/222222222222/clock/advance", {{"seconds", 1}});
  Store& other = Emulator::accounts()["222222222222"].store;
  const Resource copy = other.get("us-east-1", "Disk", "data");
  CHECK(copy.doc == json({{"name", "data"},
                          {"of", "arn:aws:lightsail:us-east-1:222222222222:Disk/1"},
                          {"to", "arn:aws:x::222222222222:y"}}));
  CHECK(copy.internal ==
        json({{"of", "arn:aws:iam::222222222222:role/x"}, {"to", "arn:aws:x::222222222222:z"}}));
  const json operation = parse_all(other.operations().find("us-east-1", "an-id", now()));
  CHECK(operation.at("operationDetails") == "arn:aws:lightsail:us-east-1:222222222222:Disk/1");
}

TEST_CASE_FIXTURE(Emulator, "POST fork: replaces an account that is not empty only when asked to") {
  create(*this, "web");
  act_as("222222222222");
  create(*this, "theirs");
  CHECK(message_of(control_refused("POST", own + "/fork", R"({"to": "222222222222"})"), 409) ==
        "Account 222222222222 is not empty; set \"replace\": true to overwrite it.");
  CHECK(call("GetInstances").at("instances").at(0).at("name") == "theirs");
  control("POST", own + "/fork", {{"to", "222222222222"}, {"replace", true}});
  CHECK(call("GetInstances").at("instances").size() == 1);
  CHECK(call("GetInstances").at("instances").at(0).at("name") == "web");
}

TEST_CASE_FIXTURE(Emulator, "POST fork: refuses invalid requests") {
  const auto refusal = [&](const char* body) {
    return control_refused("POST", own + "/fork", body);
  };
  CHECK(message_of(refusal(R"({"to": "222222222222"})"), 404) ==
        "There is no account 000000000000 yet.");
  create(*this, "web");
  CHECK(message_of(refusal("{}"), 400) == "\"to\" must be twelve digits.");
  CHECK(message_of(refusal(R"({"to": "../../../etc"})"), 400) == "\"to\" must be twelve digits.");
  CHECK(message_of(refusal(R"({"to": 222222222222})"), 400) == "\"to\" must be a string.");
  CHECK(message_of(refusal(R"({"to": "222222222222", "replace": 1})"), 400) ==
        "\"replace\" must be true or false.");
  CHECK(message_of(refusal(R"({"to": "222222222222", "force": true})"), 400) ==
        "Unknown member \"force\".");
  CHECK(message_of(refusal(R"({"to": "000000000000", "replace": true})"), 400) ==
        "An account cannot be forked into itself.");
  CHECK_NOTHROW(arn_of(*this, "web"));
}

TEST_CASE("POST fork: persists the copy over a restart") {
  const Folder folder;
  {
    Emulator emulator("realistic", folder.path());
    create(emulator, "web");
    emulator.control("POST", own + "/fork", {{"to", "222222222222"}});
  }
  Emulator emulator("realistic", folder.path());
  emulator.act_as("222222222222");
  CHECK(arn_of(emulator, "web").find(":222222222222:") != std::string::npos);
}

TEST_CASE("POST fork: keeps the replaced account when it fails") {
  const Folder folder;
  fill(folder, "222222222222");
  std::ofstream(folder / "000000000000.sqlite") << "no database";
  Emulator emulator("realistic", folder.path());
  CHECK(
      emulator.control_refused("POST", own + "/fork", R"({"to": "222222222222", "replace": true})")
          .first == 500);
  emulator.act_as("222222222222");
  CHECK(emulator.call("GetInstances").at("instances").size() == 1);
}

}  // namespace papersail
