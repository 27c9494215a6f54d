// The dispatch of requests: scope, isolation, failures and determinism.
#include "server/dispatch/dispatch.hpp"

#include <stdexcept>

#include "handlers/catalog.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/samples.hpp"

namespace papersail {
namespace {

Scope scope(std::string_view authorization, std::string_view host = "127.0.0.1:4566") {
  return scope_of({"", authorization, host, ""});
}

std::string credential(const std::string& key, const std::string& options) {
  return "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + options +
         "/lightsail/aws4_request, SignedHeaders=host, Signature=0";
}

// Makes all kinds of changes, then fails in the way that the input names.
json change_and_fail(Call& call) {
  const std::string how = call.in["instanceName"];
  Resource made = call.new_resource("Disk", "mark", "us-east-1a", call.ids().hex(8));
  call.create(made);
  call.started("CreateDisk", made);
  if (how == "ApiError") throw operation_failure("as asked");
  if (how == "exception") throw std::runtime_error("broken \"\xff\" \n");
  if (how == "json") return call.in["no such member"];
  if (how == "number") throw 7;
  if (how == "bytes") return {{"instance", {{"name", "\xff"}}}};
  return {{"instance", {{"nane", how}}}};
}

// An emulator whose GetInstance fails.
struct Failing {
  Accounts accounts{{"", Lifecycle::load("realistic"), Clock::starting_at(test_start), 1}};
  Dispatch dispatch{accounts, true, actions()};

  static std::vector<Action> actions() {
    std::vector<Action> out = all_actions();
    out.insert(out.begin(), {"GetInstance", change_and_fail});
    return out;
  }
  Response fail(const std::string& how) {
    const std::string body = json({{"instanceName", how}}).dump();
    return dispatch.respond({"Lightsail_20161128.GetInstance", "", "", body});
  }
  std::string names() {
    return dispatch.respond({"Lightsail_20161128.GetActiveNames", "", "", "{}"}).body;
  }
};

// Calls every action and returns all response bodies, with every random value in them.
std::string session(std::uint64_t seed) {
  Emulator emulator("realistic", "", seed);
  std::string out;
  const auto ask = [&](std::string_view action, const json& input) {
    out += emulator.response(action, input.dump()).body;
    emulator.advance(seconds(7));
  };
  ask("CreateInstances", {{"instanceNames", {"web-1", "web-2"}},
                          {"availabilityZone", "us-east-1a"},
                          {"blueprintId", "ubuntu_22_04"},
                          {"bundleId", "nano_3_0"}});
  ask("CreateKeyPair", {{"keyPairName", "mine"}});
  ask("CreateRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                   {"relationalDatabaseBlueprintId", "mysql_8_0"},
                                   {"relationalDatabaseBundleId", "micro_2_0"},
                                   {"masterDatabaseName", "main"},
                                   {"masterUsername", "admin"}});
  ask("GetInstanceAccessDetails", {{"instanceName", "web-1"}});
  ask("TagResource", {{"resourceName", "web-1"}, {"tags", {{{"key", "team"}}}}});
  Model model;
  for (const Action& action : all_actions()) {
    ask(action.name, valid_value(*model.action(action.name)->input));
    ask(action.name, json::object());
  }
  ask("GetInstances", json::object());
  ask("GetOperations", json::object());
  return out;
}

}  // namespace

TEST_CASE("scope_of: uses an access key of twelve digits as the account") {
  CHECK(scope(credential("123456789012", "eu-west-1")).account == "123456789012");
  for (const std::string key : {"test", "", "12345678901", "1234567890123", "12345678901x"}) {
    CHECK(scope(credential(key, "eu-west-1")).account == "000000000000");
  }
  CHECK(scope("").account == "000000000000");
}

TEST_CASE("scope_of: takes the region from the credential, the host or the default") {
  const std::string host = "lightsail.eu-west-2.amazonaws.com";
  CHECK(scope(credential("test", "eu-west-1"), host).region == "eu-west-1");
  CHECK(scope("", host).region == "eu-west-2");
  CHECK(scope("", host + ":4566").region == "eu-west-2");
  CHECK(scope("", "lightsail.eu-west-2.api.aws").region == "eu-west-2");
  CHECK(scope(credential("test", ""), host).region == "eu-west-2");
  for (const char* other : {"", "localhost:4566", "s3.eu-west-2.amazonaws.com", "lightsail",
                            "lightsail.eu-west-2.example.com", "lightsail."}) {
    CHECK(scope("", other).region == "us-east-1");
  }
}

TEST_CASE("scope_of: reads malformed Authorization headers without failing") {
  for (const char* odd : {"Credential=", "Credential=/", "Credential=,", "Credential=////",
                          "AWS4-HMAC-SHA256 Credential", "Bearer x", ",,,", "="}) {
    CHECK(scope(odd).account == "000000000000");
    CHECK(scope(odd).region == "us-east-1");
  }
  CHECK(scope("AWS4-HMAC-SHA256 SignedHeaders=host, Credential=123456789012/1/eu-west-1/x/y")
            .region == "eu-west-1");
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: serves the regions of GetRegions and no others") {
  const json regions = call("GetRegions")["regions"];
  for (const json& region : regions) {
    act_as("test", region["name"]);
    CHECK(call("GetActiveNames")["activeNames"].empty());
  }
  for (const char* region : {"us-east-9", "eu", "US-EAST-1", "us-east-1 ", "%s"}) {
    act_as("test", region);
    const Refused refusal = refused("GetActiveNames");
    CHECK(refusal.status == 400);
    CHECK(refusal.type == "UnrecognizedClientException");
    CHECK(refusal.message.starts_with("The security token included in the request is invalid."));
  }
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: an invalid call creates no account, a refused one does") {
  refused("MakeCoffee");
  refused("GetInstance", {{"instanceName", 7}});
  act_as("test", "mars-1");
  refused("GetRegions");
  CHECK(accounts().open().empty());
  act_as("test");
  CHECK(refused("GetInstance", {{"instanceName", "none"}}).type == "NotFoundException");
  CHECK(accounts().open().size() == 1);
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: a transition that is due stays when the call is invalid") {
  call("CreateDisk", {{"diskName", "data"}, {"availabilityZone", "us-east-1a"}, {"sizeInGb", 8}});
  advance(days(1));
  const std::uint64_t before = account().store.version();
  refused("GetDisk", {{"diskName", 7}});
  const std::uint64_t after = account().store.version();
  CHECK(after > before);
  CHECK(call("GetDisk", {{"diskName", "data"}})["disk"]["state"] == "available");
  CHECK(account().store.version() == after);
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: isolates accounts and regions") {
  const auto create = [&] {
    call("CreateInstances", {{"instanceNames", {"web"}},
                             {"availabilityZone", "eu-west-1a"},
                             {"blueprintId", "ubuntu_22_04"},
                             {"bundleId", "nano_3_0"}});
  };
  act_as("111111111111", "eu-west-1");
  create();
  const json first = call("GetInstance", {{"instanceName", "web"}})["instance"];
  const std::string operation = call("GetOperations")["operations"][0]["id"];
  const auto sees_nothing = [&] {
    CHECK(call("GetInstances")["instances"].empty());
    CHECK(call("GetActiveNames")["activeNames"].empty());
    CHECK(call("GetOperations")["operations"].empty());
    CHECK(refused("GetInstance", {{"instanceName", "web"}}).type == "NotFoundException");
    CHECK(refused("DeleteInstance", {{"instanceName", "web"}}).type == "NotFoundException");
    CHECK(refused("GetOperation", {{"operationId", operation}}).type == "NotFoundException");
    CHECK(refused("GetOperationsForResource", {{"resourceName", "web"}}).type ==
          "NotFoundException");
  };
  act_as("111111111111", "eu-west-2");
  sees_nothing();
  act_as("222222222222", "eu-west-1");
  sees_nothing();
  create();
  const json second = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(second["arn"] != first["arn"]);
  CHECK(second["supportCode"] != first["supportCode"]);
  act_as("111111111111", "eu-west-1");
  CHECK(call("GetInstance", {{"instanceName", "web"}})["instance"] == first);
}

TEST_CASE_FIXTURE(Failing, "Dispatch: rolls back a call that fails in any way") {
  const std::string before = names();
  for (const std::string how : {"ApiError", "exception", "json", "number", "bytes", "shape"}) {
    CAPTURE(how);
    const Response response = fail(how);
    CHECK(response.status == (how == "ApiError" ? 400 : 500));
    const json error = json::parse(response.body);
    CHECK(error.at("__type") == response.error_type);
    CHECK(error.at("code").is_string());
    CHECK(error.at("message").get<std::string>() != "");
    CHECK(names() == before);
    CHECK_NOTHROW(accounts["000000000000"].store.settle(test_start + days(1)));
  }
}

TEST_CASE_FIXTURE(Failing,
                  "Dispatch: returns a ServiceException with the reason of an internal failure") {
  const json error = json::parse(fail("exception").body);
  CHECK(error.size() == 3);
  CHECK(error.at("__type") == "ServiceException");
  CHECK(error.at("code") == "InternalFailure");
  CHECK(error.at("message") == "papersail failed: broken \"\xef\xbf\xbd\" \n");
  CHECK(json::parse(fail("shape").body).at("message") ==
        "papersail failed: GetInstanceResult: 'instance' has the unknown member 'nane'");
}

TEST_CASE_FIXTURE(Failing, "Dispatch: reuses the ids of a call that failed") {
  const auto id = [this] { return accounts["000000000000"].store.ids().sequence(); };
  names();
  const std::uint64_t before = id();
  fail("exception");
  CHECK(id() == before);
}

TEST_CASE("Dispatch: throws for a handler of an action that is not in the model") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  CHECK_THROWS_WITH_AS(Dispatch(accounts, true, {{"GetNothing", change_and_fail}}),
                       "GetNothing is not in the service model", std::logic_error);
}

TEST_CASE("--seed: makes every action return the same bytes in every run") {
  const std::string first = session(1);
  CHECK(first == session(1));
  CHECK(first != session(2));
}

TEST_CASE("--data: creates one file for each account") {
  const Folder folder;
  Emulator emulator("fast", folder.path());
  emulator.call("GetInstances");
  emulator.act_as("111111111111");
  emulator.call("GetInstances");
  CHECK(std::filesystem::exists(folder / "000000000000.sqlite"));
  CHECK(std::filesystem::exists(folder / "111111111111.sqlite"));
}

TEST_CASE("restart: keeps answered calls and continues their transitions") {
  const Folder folder;
  std::string id;
  {
    Emulator emulator("realistic", folder.path());
    id = emulator.call("CreateInstances", {{"instanceNames", {"web"}},
                                           {"availabilityZone", "us-east-1a"},
                                           {"blueprintId", "ubuntu_22_04"},
                                           {"bundleId", "nano_3_0"}})["operations"][0]["id"];
  }
  Emulator emulator("realistic", folder.path());
  const auto state = [&] {
    return emulator.call("GetInstanceState", {{"instanceName", "web"}})["state"]["name"];
  };
  const auto status = [&] {
    return emulator.call("GetOperation", {{"operationId", id}})["operation"]["status"];
  };
  emulator.advance(17'899);
  CHECK(state() == "pending");
  CHECK(status() == "Started");
  emulator.advance(1);
  CHECK(state() == "running");
  CHECK(status() == "Succeeded");
}

}  // namespace papersail
