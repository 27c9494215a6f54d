// The response cache, alone and in the dispatcher.
#include "state/response_cache.hpp"

#include "server/observers/observers.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/samples.hpp"

namespace papersail {
namespace {

int runs = 0;

json count_and_list(Call& call) {
  ++runs;
  return call.show_list("KeyPair", "keyPairs");
}

json count_and_look_at_the_clock(Call& call) {
  ++runs;
  return {{"state", {{"name", call.now() % 2000 == 0 ? "even" : "odd"}}}};
}

// An emulator that counts how often GetKeyPairs and GetInstanceState run.
struct Counting {
  Accounts accounts{{"", Lifecycle::load("realistic"), Clock::starting_at(test_start), 1}};
  Dispatch dispatch{accounts, true, actions()};

  Counting() { runs = 0; }
  static std::vector<Action> actions() {
    std::vector<Action> out = all_actions();
    out.insert(out.begin(), {{"GetKeyPairs", count_and_list},
                             {"GetInstanceState", count_and_look_at_the_clock}});
    return out;
  }
  Account& account() { return accounts["000000000000"]; }
  Response ask(const std::string& action, const std::string& body) {
    return dispatch.respond({"Lightsail_20161128." + action, "", "", body});
  }
  std::string list(const std::string& body = "{}") { return ask("GetKeyPairs", body).body; }
  void import(const std::string& name, int status = 200) {
    const json input = {{"keyPairName", name},
                        {"publicKeyBase64",
                         "ssh-ed25519 "
                         "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"}};
    CHECK(ask("ImportKeyPair", input.dump()).status == status);
  }
};

// Creates resources of every type, and waits until their states are stable.
void fill(Emulator& emulator) {
  emulator.call("CreateInstances", {{"instanceNames", {"web-1", "web-2"}},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "ubuntu_22_04"},
                                    {"bundleId", "nano_3_0"}});
  emulator.call("CreateKeyPair", {{"keyPairName", "mine"}});
  emulator.call("CreateRelationalDatabase", {{"relationalDatabaseName", "db-1"},
                                             {"relationalDatabaseBlueprintId", "mysql_8_0"},
                                             {"relationalDatabaseBundleId", "micro_2_0"},
                                             {"masterDatabaseName", "main"},
                                             {"masterUsername", "admin"}});
  Model model;
  for (const Action& action : all_actions()) {
    const bool destroys = action.name.starts_with("Delete");
    if (!destroys)
      emulator.response(action.name, valid_value(*model.action(action.name)->input).dump());
  }
  emulator.advance(hours(2));
}

// Returns calls of all actions that read, many of which succeed in such an account.
std::vector<std::pair<std::string, json>> reads() {
  const json instance = {{"instanceName", "web-1"}};
  const json database = {{"relationalDatabaseName", "db-1"}};
  std::vector<std::pair<std::string, json>> out;
  for (const Action& action : all_actions()) {
    const std::string name(action.name);
    if (!name.starts_with("Get") && !name.starts_with("Is")) continue;
    if (name == "GetInstanceAccessDetails") continue;  // returns a new key each time
    for (const json& input : {json::object(), instance, database}) out.emplace_back(name, input);
  }
  out.push_back({"GetKeyPair", {{"keyPairName", "mine"}}});
  out.push_back({"GetOperationsForResource", {{"resourceName", "web-1"}}});
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(
    Counting, "Response cache: serves the third identical read, and runs it again after a change") {
  const std::string none = list();
  CHECK(list() == none);
  CHECK(runs == 2);
  CHECK(list() == none);
  CHECK(runs == 2);
  import("one");
  CHECK(list() != none);
  CHECK(runs == 3);
  import("one", 400);  // refused: changes nothing
  list();
  CHECK(runs == 3);
}

TEST_CASE_FIXTURE(Counting, "Response cache: misses when the body, region or account differs") {
  list(), list();
  list(R"({"includeDefaultKeyPair": false})");
  CHECK(runs == 3);
  for (const std::string scope : {"test/20260101/eu-west-1", "111111111111/20260101/us-east-1"}) {
    const std::string signature =
        "AWS4-HMAC-SHA256 Credential=" + scope + "/lightsail/aws4_request";
    dispatch.respond({"Lightsail_20161128.GetKeyPairs", signature, "", "{}"});
  }
  CHECK(runs == 5);
}

TEST_CASE_FIXTURE(Counting, "Response cache: distinguishes the target from the body") {
  for (int i = 0; i < 3; ++i) list("{} ");
  CHECK(ask("GetKeyPairs {}", "").error_type == "UnknownOperationException");
}

TEST_CASE_FIXTURE(Counting, "Response cache: does not cache a response that depends on the clock") {
  const std::string body = R"({"instanceName": "web"})";
  ask("GetInstanceState", body);
  const std::string even = ask("GetInstanceState", body).body;
  account().clock.advance(seconds(1));
  CHECK(ask("GetInstanceState", body).body != even);
  CHECK(runs == 3);
}

TEST_CASE_FIXTURE(Counting, "Response cache: drops the responses of a state that was rolled back") {
  list(), list();
  import("one");
  const std::string one = list();
  account().store.roll_back();  // as if a later commit had failed
  list();
  CHECK(runs == 4);
  Resource lost{0, "us-east-1", "KeyPair", "lost", {{"name", "lost"}}, json::object()};
  account().store.create(lost, test_start);
  account().store.rollback_call();
  CHECK(list() == one);
}

TEST_CASE_FIXTURE(
    Counting, "Response cache: applies faults and records unread members for cached responses") {
  const std::string body = R"({"colour": "red"})";
  list(body), list(body);
  const json fault = {{"action", "GetKeyPairs"}, {"error", {{"type", "ThrottlingException"}}}};
  dispatch.observers().faults.add("000000000000", fault_of(fault, dispatch.model()));
  CHECK(ask("GetKeyPairs", body).error_type == "ThrottlingException");
  dispatch.observers().faults.remove("000000000000");
  CHECK(ask("GetKeyPairs", body).status == 200);
  CHECK(runs == 2);
  const json requests = dispatch.observers().recorder.requests({}, 10).at("requests");
  CHECK(parse_all(requests).back().at("unread") == json({"colour"}));
}

TEST_CASE("Response cache: returns the same response as a new run of each read, also later") {
  Emulator emulator;
  fill(emulator);
  const auto asked = reads();
  std::vector<std::string> kept;
  const auto ask = [&](const auto& read) {
    const Response response = emulator.response(read.first, read.second.dump());
    return response.status == 200 ? response.body : "";
  };
  for (const auto& read : asked) ask(read), ask(read);
  emulator.advance(minutes(61));  // nothing is due
  for (const auto& read : asked) kept.push_back(ask(read));
  std::size_t answered = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    emulator.account().response_cache = {};
    CAPTURE(asked[i].first);
    CHECK(ask(asked[i]) == kept[i]);
    answered += kept[i].empty() ? 0 : 1;
  }
  CHECK(answered > 40);
}

TEST_CASE(
    "ResponseCache: drops responses of another version, and all when they need too much memory") {
  ResponseCache responses;
  for (const char* request : {"a", "b", "c", "d", "e"}) {
    responses.keep(1, request, {"GetA", {}, "once"});
    CHECK(responses.find(1, request) == nullptr);
  }
  responses.keep(1, "a", {"GetA", {}, "one"});
  responses.keep(1, "b", {"GetB", {}, "two"});
  CHECK(responses.find(1, "a")->body == "one");
  CHECK(responses.find(2, "a") == nullptr);
  responses.keep(2, "b", {"GetB", {}, "three"});
  CHECK(responses.find(2, "a") == nullptr);
  CHECK(responses.find(2, "b")->body == "three");
  const std::string large(300'000, 'x');
  responses.keep(2, "c", {"GetC", {}, large});
  CHECK(responses.find(2, "b") != nullptr);
  responses.keep(2, "d", {"GetD", {}, large});
  CHECK(responses.find(2, "b") == nullptr);
  CHECK(responses.find(2, "c") == nullptr);
  CHECK(responses.find(2, "d") != nullptr);
  responses.keep(2, "e", {"GetE", {}, large + large});
  CHECK(responses.find(2, "e") == nullptr);
}

}  // namespace papersail
