// Fault rules: which calls they affect, and how.
#include "server/faults/faults.hpp"

#include <algorithm>
#include <set>

#include "server/observers/observers.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const std::string faults_path = "/_papersail/accounts/000000000000/faults";

struct Faulty : Emulator {
  using Emulator::Emulator;

  // Adds a fault and returns its number.
  int add_fault(const json& fault) { return control("POST", faults_path, fault).at("number"); }
  json fault(int number = 1) {
    const json response = control("GET", faults_path);
    for (const json& one : response.at("faults")) {
      if (one.at("number") == number) return one;
    }
    return nullptr;
  }
  std::string import(const std::string& name) {
    const json input = {{"keyPairName", name}, {"publicKeyBase64", key}};
    return response("ImportKeyPair", input.dump()).error_type;
  }
  std::size_t pairs() { return call("GetKeyPairs")["keyPairs"].size(); }
  // Calls a read and returns its error type, "" if it succeeds.
  std::string read() { return response("GetRegions", "{}").error_type; }
  // Calls `count` reads; returns 'x' for each that fails, '.' for the others.
  std::string reads(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += read().empty() ? '.' : 'x';
    return out;
  }

  static constexpr const char* key =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me";
};

const json throttling = {{"type", "ThrottlingException"}};

json with(json fault, const json& more) {
  fault.update(more);
  return fault;
}

}  // namespace

TEST_CASE_FIXTURE(Faulty, "Faults: returns an error instead of running the call") {
  add_fault({{"action", "ImportKeyPair"}, {"error", throttling}});
  const json input = {{"keyPairName", "one"}, {"publicKeyBase64", key}};
  const Refused refusal = refused("ImportKeyPair", input);
  CHECK(refusal.status == 400);
  CHECK(refusal.type == "ThrottlingException");
  CHECK(refusal.code == "ThrottlingException");
  CHECK(refusal.message == "Rate exceeded");
  CHECK(pairs() == 0);
}

TEST_CASE_FIXTURE(Faulty,
                  "Faults: uses the status, code and text of the error's type unless overridden") {
  const auto told = [&](const json& error) {
    const int number = add_fault({{"action", "GetRegions"}, {"error", error}});
    const Response response = this->response("GetRegions", "{}");
    control("DELETE", faults_path + "/" + std::to_string(number));
    json body = json::parse(response.body);
    CHECK(body.at("__type") == error.at("type"));
    body["status"] = response.status;
    return body;
  };
  CHECK(told({{"type", "InternalFailure"}}).at("status") == 500);
  CHECK(told({{"type", "ServiceException"}}).at("status") == 500);
  CHECK(told({{"type", "ServiceUnavailable"}}).at("status") == 503);
  const json missing = told({{"type", "NotFoundException"}});
  CHECK(missing.at("status") == 400);
  CHECK(missing.at("code") == "DoesNotExist");
  const json own = told(
      {{"type", "OperationFailureException"}, {"code", "Busy"}, {"message", "Come back later."}});
  CHECK(own.at("code") == "Busy");
  CHECK(own.at("message") == "Come back later.");
}

TEST_CASE_FIXTURE(Faulty, "Faults: accepts every exception of the model for any action") {
  for (const std::string& type : Model().errors("CreateDisk")) {
    add_fault({{"action", "*"}, {"times", 1}, {"error", {{"type", type}}}});
    CHECK(read() == type);
  }
  CHECK(read() == "");
}

TEST_CASE_FIXTURE(Faulty, "Faults: makes the change and replaces the response in phase after") {
  add_fault({{"action", "ImportKeyPair"},
             {"phase", "after"},
             {"times", 1},
             {"error", {{"type", "ServiceUnavailable"}}}});
  CHECK(import("one") == "ServiceUnavailable");
  CHECK(pairs() == 1);
  // A client that retries gets this error.
  CHECK(refused("ImportKeyPair", {{"keyPairName", "one"}, {"publicKeyBase64", key}}).code ==
        "NameExists");
}

TEST_CASE_FIXTURE(Faulty, "Faults: replaces error responses too in phase after") {
  add_fault({{"action", "GetKeyPair"}, {"phase", "after"}, {"error", throttling}});
  CHECK(refused("GetKeyPair", {{"keyPairName", "nobody"}}).type == "ThrottlingException");
}

TEST_CASE_FIXTURE(Faulty,
                  "Faults: skips the first matches, then affects the given number of calls") {
  add_fault({{"action", "GetRegions"}, {"after", 2}, {"times", 3}, {"error", throttling}});
  CHECK(reads(7) == "..xxx..");
  CHECK(fault().at("matches") == 7);
  CHECK(fault().at("hits") == 3);
}

TEST_CASE_FIXTURE(Faulty, "Faults: matches actions by a glob") {
  add_fault({{"action", "*KeyPair"}, {"error", throttling}});
  CHECK(import("one") == "ThrottlingException");
  CHECK(pairs() == 0);
  CHECK(read() == "");
}

TEST_CASE_FIXTURE(Faulty, "Faults: matches resources by a glob, in any member that names one") {
  add_fault({{"action", "*"}, {"resource", "web-*"}, {"error", throttling}});
  const auto hit = [&](const char* action, const json& input) {
    return response(action, input.dump()).error_type == "ThrottlingException";
  };
  json launch = {{"instanceNames", {"db-1", "web-1"}},
                 {"availabilityZone", "us-east-1a"},
                 {"blueprintId", "ubuntu_24_04"},
                 {"bundleId", "nano_3_0"}};
  CHECK(hit("CreateInstances", launch));
  launch["instanceNames"] = {"db-1", "my-web-1"};
  CHECK_FALSE(hit("CreateInstances", launch));
  CHECK(hit("GetInstance", {{"instanceName", "web-1"}}));
  CHECK(hit("GetOperationsForResource", {{"resourceName", "web-1"}}));
  CHECK_FALSE(hit("GetInstances", json::object()));
}

TEST_CASE_FIXTURE(Faulty, "resources_named: ignores members that do not name a resource") {
  CHECK(resources_named({{"diskName", "data"},
                         {"instanceNames", {"a", "b"}},
                         {"metricName", "CPUUtilization"},
                         {"masterDatabaseName", "main"},
                         {"domainNames", {"example.com"}},
                         {"masterUsername", "me"}}) == std::vector<std::string>{"data", "a", "b"});
}

TEST_CASE("resources_named: returns at most a thousand names of a list") {
  CHECK(resources_named({{"instanceNames", std::vector<std::string>(40'000, "web")}}).size() ==
        1000);
}

TEST_CASE_FIXTURE(Faulty, "Faults: matches regions by a glob") {
  add_fault({{"action", "*"}, {"region", "eu-*"}, {"error", throttling}});
  CHECK(read() == "");
  act_as("test", "eu-west-1");
  CHECK(read() == "ThrottlingException");
}

TEST_CASE_FIXTURE(Faulty, "Faults: affects calls of one account only") {
  add_fault({{"action", "*"}, {"error", throttling}});
  act_as("111111111111");
  CHECK(read() == "");
}

TEST_CASE_FIXTURE(Faulty, "Faults: does not count calls that fail validation") {
  add_fault({{"action", "*"}, {"error", throttling}});
  CHECK(refused("GetInstance", json::object()).type == "InvalidInputException");
  CHECK(refused("MakeCoffee", json::object()).type == "UnknownOperationException");
  CHECK(fault().at("matches") == 0);
}

TEST_CASE("Faults: applies the probability in the same pattern when the seed is the same") {
  const auto session = [](std::uint64_t seed) {
    Faulty emulator("realistic", "", seed);
    emulator.add_fault({{"action", "*"}, {"probability", 0.25}, {"error", throttling}});
    return emulator.reads(400);
  };
  const std::string first = session(1);
  CHECK(first == session(1));
  CHECK(first != session(2));
  const auto hits = std::count(first.begin(), first.end(), 'x');
  CHECK(hits > 60);
  CHECK(hits < 140);
}

TEST_CASE_FIXTURE(Faulty, "Faults: never hits with probability 0, always with 1") {
  add_fault({{"action", "*"}, {"probability", 0}, {"error", throttling}});
  CHECK(reads(50).find('x') == std::string::npos);
  add_fault({{"action", "*"}, {"probability", 1}, {"error", throttling}});
  CHECK(reads(50).find('.') == std::string::npos);
}

TEST_CASE_FIXTURE(Faulty, "RateEffect: allows a burst, then as many calls as the clock refills") {
  add_fault({{"action", "*"}, {"rate", {{"per_second", 2}, {"burst", 3}}}});
  CHECK(reads(5) == "...xx");
  CHECK(read() == "ThrottlingException");
  advance(499);
  CHECK(reads(1) == "x");
  advance(1);
  CHECK(reads(2) == ".x");
  advance(seconds(1));
  CHECK(reads(3) == "..x");
  advance(days(1));
  CHECK(reads(4) == "...x");
  CHECK(fault().at("matches") == 16);
  CHECK(fault().at("hits") == 7);
}

TEST_CASE_FIXTURE(Faulty, "RateEffect: allows one second of calls as a burst by default") {
  add_fault({{"action", "*"}, {"rate", {{"per_second", 4}}}});
  CHECK(reads(5) == "....x");
}

TEST_CASE_FIXTURE(Faulty, "LatencyEffect: delays the call's own response") {
  add_fault({{"action", "*"}, {"latency_ms", 200}});
  const Response late = response("GetRegions", "{}");
  CHECK(late.status == 200);
  CHECK(late.delay == std::chrono::milliseconds(200));
}

TEST_CASE_FIXTURE(Faulty, "LatencyEffect: draws delays between the two bounds") {
  add_fault({{"action", "*"}, {"latency_ms", {50, 59}}});
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(response("GetRegions", "{}").delay.count());
  CHECK(*seen.begin() == 50);
  CHECK(*seen.rbegin() == 59);
  CHECK(seen.size() == 10);
}

TEST_CASE_FIXTURE(Faulty, "ResetEffect: sends no response, before or after the change") {
  add_fault({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}});
  add_fault({{"action", "ImportKeyPair"}, {"times", 1}, {"reset", true}, {"phase", "after"}});
  const std::string input = json({{"keyPairName", "one"}, {"publicKeyBase64", key}}).dump();
  const Response before = response("ImportKeyPair", input);
  CHECK(before.reset);
  CHECK(before.body == "");
  CHECK(pairs() == 0);
  CHECK(response("ImportKeyPair", input).reset);
  CHECK(pairs() == 1);
}

TEST_CASE_FIXTURE(Faulty, "Faults: adds up delays and stops at the first error or reset") {
  add_fault({{"action", "*"}, {"latency_ms", 10}});
  add_fault({{"action", "*"}, {"latency_ms", 20}});
  add_fault({{"action", "*"}, {"error", throttling}});
  add_fault({{"action", "*"}, {"reset", true}});
  add_fault({{"action", "*"}, {"latency_ms", 40}});
  const Response faulty = response("GetRegions", "{}");
  CHECK(faulty.error_type == "ThrottlingException");
  CHECK_FALSE(faulty.reset);
  CHECK(faulty.delay == std::chrono::milliseconds(30));
  CHECK(fault(3).at("hits") == 1);
  CHECK(fault(4).at("matches") == 0);
  CHECK(fault(5).at("matches") == 0);
}

TEST_CASE_FIXTURE(Faulty, "Faults: counts a call that makes a key once") {
  add_fault({{"action", "CreateKeyPair"}, {"latency_ms", 0}});
  call("CreateKeyPair", {{"keyPairName", "slow"}});
  CHECK(fault().at("matches") == 1);
}

TEST_CASE_FIXTURE(Faulty, "Faults: lists faults as sent, with numbers that are never reused") {
  const json rule = {{"action", "Create*"}, {"resource", "web-*"}, {"region", "us-east-1"},
                     {"after", 1},          {"times", 2},          {"probability", 0.5},
                     {"phase", "after"},    {"error", throttling}};
  CHECK(control("POST", faults_path, rule) ==
        with(rule, {{"number", 1}, {"matches", 0}, {"hits", 0}}));
  add_fault({{"action", "*"}, {"reset", true}});
  CHECK(control("DELETE", faults_path + "/1") == json({{"deleted", 1}}));
  CHECK(add_fault({{"action", "*"}, {"latency_ms", 1}}) == 3);
  CHECK(fault(1) == nullptr);
  CHECK(control("DELETE", faults_path) == json({{"deleted", 2}}));
  CHECK(control("GET", faults_path) == json({{"faults", json::array()}}));
  CHECK(control("DELETE", faults_path) == json({{"deleted", 0}}));
  CHECK(read() == "");
}

TEST_CASE_FIXTURE(Faulty, "DELETE faults: returns 404 for an unknown number") {
  add_fault({{"action", "*"}, {"latency_ms", 1}});
  for (const std::string number : {"2", "0", "-1", "1x", "x"}) {
    const auto [status, message] = control_refused("DELETE", faults_path + "/" + number);
    CHECK(status == 404);
    CHECK(message == "The account has no fault " + number + ".");
  }
}

TEST_CASE_FIXTURE(Faulty, "POST faults: names the invalid member") {
  const json ok = {{"action", "*"}, {"reset", true}};
  const auto refusal = [&](const json& fault) {
    const auto [status, message] = control_refused("POST", faults_path, fault.dump());
    CHECK(status == 400);
    return message;
  };
  const std::string effects =
      "A fault needs exactly one effect: \"error\", \"rate\", \"latency_ms\", \"reset\" or "
      "\"operation\".";
  CHECK(refusal(json::array()) == "The body must be a JSON object.");
  CHECK(refusal({{"reset", true}}) == "\"action\" must be the name of an action, or a glob.");
  CHECK(refusal({{"action", 7}, {"reset", true}}) == "\"action\" must be a string.");
  CHECK(refusal({{"action", "Crate*"}, {"reset", true}}) == "No action matches \"Crate*\".");
  CHECK(refusal({{"action", "*"}}) == effects);
  CHECK(refusal(with(ok, {{"latency_ms", 1}})) == effects);
  CHECK(refusal(with(ok, {{"colour", "red"}})) == "Unknown member \"colour\".");
  CHECK(refusal(with(ok, {{"resource", 1}})) == "\"resource\" must be a string.");
  CHECK(refusal(with(ok, {{"region", "eu-west-9"}})) ==
        "There is no Lightsail region \"eu-west-9\".");
  CHECK(refusal(with(ok, {{"after", -1}})) == "\"after\" must be a whole number of at least 0.");
  CHECK(refusal(with(ok, {{"times", 0}})) == "\"times\" must be a whole number of at least 1.");
  CHECK(refusal(with(ok, {{"times", 1.5}})) == "\"times\" must be a whole number of at least 1.");
  CHECK(refusal(with(ok, {{"probability", 1.1}})) ==
        "\"probability\" must be at least 0.0 and at most 1.0.");
  CHECK(refusal(with(ok, {{"probability", "1"}})) == "\"probability\" must be a number.");
  CHECK(refusal(with(ok, {{"phase", "during"}})) == "\"phase\" must be \"before\" or \"after\".");
  CHECK(refusal({{"action", "*"}, {"latency_ms", 1}, {"phase", "after"}}) ==
        "\"phase\" is allowed only with \"error\" or \"reset\".");
  CHECK(refusal({{"action", "*"}, {"reset", false}}) == "\"reset\" must be true.");
}

TEST_CASE_FIXTURE(Faulty, "POST faults: names the invalid member of an effect") {
  const auto refusal = [&](const char* effect, const json& value) {
    const auto [status, message] =
        control_refused("POST", faults_path, json({{"action", "*"}, {effect, value}}).dump());
    CHECK(status == 400);
    return message;
  };
  CHECK(refusal("error", "Throttling") == "\"error\" must be a JSON object.");
  CHECK(refusal("error", json::object()) == "\"error.type\" must be the name of an exception.");
  for (const char* type : {"NoSuchException", "NotImplementedException"}) {
    CHECK(refusal("error", {{"type", type}}) ==
          "\"error.type\" must be an exception of the service, not " + std::string(type) + ".");
  }
  CHECK(refusal("error", with(throttling, {{"status", 429}})) ==
        "Unknown member \"error.status\".");
  CHECK(refusal("error", with(throttling, {{"message", 1}})) ==
        "\"error.message\" must be a string.");
  CHECK(refusal("rate", json::object()) == "\"rate.per_second\" must be a number of calls.");
  CHECK(refusal("rate", {{"per_second", 0}}) ==
        "\"rate.per_second\" must be at least 0.001 and at most 1000000.0.");
  CHECK(refusal("rate", {{"per_second", 1}, {"burst", 0.5}}) ==
        "\"rate.burst\" must be at least 1.0 and at most 1000000.0.");
  for (const json& wrong : std::vector<json>{
           -1, 1.5, "1", 600001, json::array({1}), {2, 1}, {1, 2, 3}, {"1", 2}, nullptr}) {
    CHECK(refusal("latency_ms", wrong).starts_with("\"latency_ms\" must be a whole number"));
  }
  CHECK(refusal("operation", {{"errorCode", ""}}) ==
        "\"operation.errorCode\" must be a non-empty string.");
  CHECK(refusal("operation", {{"code", "x"}}) == "Unknown member \"operation.code\".");
}

TEST_CASE("Dispatch: drops an account's faults and their numbers when the account is reset") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  Faults& faults = dispatch.observers().faults;
  const Fault fault = fault_of({{"action", "*"}, {"reset", true}}, dispatch.model());
  faults.add("111111111111", fault);
  faults.add("222222222222", fault);
  dispatch.account_reset("111111111111");
  CHECK(faults.of("111111111111").empty());
  CHECK(faults.of("222222222222").size() == 1);
  CHECK(faults.add("111111111111", fault).number == 1);
}

TEST_CASE("Faults: refuses more than a thousand faults in an account") {
  Model model;
  Faults faults;
  const Fault fault = fault_of({{"action", "*"}, {"reset", true}}, model);
  for (int i = 0; i < 1000; ++i) faults.add("111111111111", fault);
  CHECK_THROWS_AS(faults.add("111111111111", fault), std::length_error);
}

}  // namespace papersail
