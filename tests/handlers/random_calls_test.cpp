// Checks that the invariants hold after random calls in random order.
#include <deque>
#include <set>

#include "fixtures/fixtures.hpp"
#include "tests/support/invariants.hpp"
#include "tests/support/random_inputs.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

constexpr const char* regions[] = {"us-east-1", "eu-west-1"};

// True if the model has this error for the action.
bool is_error_of(const std::string& action, const std::string& type) {
  static const json model = json::parse(*fixture("service-model.json"));
  const json& errors = model.at("operations").at(action).at("errors");
  return std::find(errors.begin(), errors.end(), type) != errors.end();
}

// An account and its sequence of random calls.
class Run {
 public:
  // `failing`: how many of a hundred calls have operations that fail.
  Run(Emulator& emulator, int n, std::uint64_t seed, std::size_t failing = 0)
      : emulator_(emulator), n_(n), calls_(seed), failing_(failing) {}

  // Makes one call, some time after the previous one, and all checks.
  void step();
  // Advances the clock by a day without calls and checks that all lifecycles have ended.
  void rest();
  // The bodies of all responses.
  std::string responses;
  // The actions that succeeded.
  std::set<std::string> allowed;

 private:
  void enter(const char* region) { use_new_account(emulator_, n_, region); }
  Failures failures() const { return failing_ > 0 ? Failures::possible : Failures::none; }
  void wait();
  void add_fault();
  std::vector<std::string> names();
  std::string everything(const std::vector<std::string>& names);
  Response make(const RandomCall& call);
  void check_refusal(const RandomCall& call, const Response& response, const std::string& before);
  void remember_operations(const json& output);

  Emulator& emulator_;
  const int n_;
  RandomCalls calls_;
  const std::size_t failing_;
  std::string region_ = regions[0];
  std::deque<std::string> last_calls_;
  std::vector<std::pair<std::string, std::string>> operations_;  // region and id
};

void Run::wait() {
  const std::size_t kind = calls_.below(100);
  const Millis most = kind < 55 ? 0 : kind < 80 ? seconds(10) : kind < 96 ? minutes(10) : days(2);
  if (most > 0) emulator_.advance(static_cast<Millis>(calls_.below(most)));
}

// Makes the next operations fail.
void Run::add_fault() {
  const std::string account = emulator_.account().id;
  emulator_.control("POST", "/_papersail/accounts/" + account + "/faults",
                    {{"action", "*"}, {"operation", json::object()}, {"times", 1}});
}

std::vector<std::string> Run::names() {
  const json response = emulator_.call("GetActiveNames");
  const std::vector<std::string> out = response.at("activeNames");
  CHECK(std::set<std::string>(out.begin(), out.end()).size() == out.size());
  return out;
}

// Returns the stored state of these resources, all of this region, and the position in the sequence
// of ids, which every operation advances.
std::string Run::everything(const std::vector<std::string>& names) {
  std::string out = std::to_string(emulator_.account().store.ids().sequence()) + '\n';
  for (const auto& name : names) {
    const auto resource = emulator_.account().store.find(region_, name);
    REQUIRE(resource);
    out += resource->type + ' ' + resource->doc.text() + ' ' + resource->internal.text() + '\n';
  }
  return out;
}

Response Run::make(const RandomCall& call) {
  Response response = emulator_.response(call.action, call.input.dump());
  last_calls_.push_back(region_ + " " + call.action + " " + call.input.dump() + " -> " +
                        response.body.substr(0, 300));
  if (last_calls_.size() > 12) last_calls_.pop_front();
  responses += response.body;
  return response;
}

// Checks that the error is one of the action's own and that the call changed nothing.
void Run::check_refusal(const RandomCall& call, const Response& response,
                        const std::string& before) {
  REQUIRE(response.status == 400);
  const json error = json::parse(response.body);
  CHECK(is_error_of(call.action, error.at("__type")));
  CHECK_FALSE(error.at("code").get<std::string>().empty());
  CHECK_FALSE(error.at("message").get<std::string>().empty());
  if (!before.empty()) CHECK(everything(names()) == before);
}

void Run::remember_operations(const json& output) {
  const auto remember = [&](const json& operation) {
    operations_.emplace_back(region_, operation.at("id"));
  };
  if (output.contains("operation")) remember(output.at("operation"));
  const json list = output.value("operations", json::array());
  for (const json& operation : list) remember(operation);
}

void Run::step() {
  wait();
  region_ = regions[calls_.happens_in(88) ? 0 : 1];
  enter(region_.c_str());
  const auto present = names();
  const RandomCall call = calls_.next(emulator_.now(), present);
  const bool mutates = !call.action.starts_with("Get");
  const std::string before = mutates ? everything(present) : "";
  if (failing_ > 0 && calls_.below(100) < failing_) add_fault();
  const Response response = make(call);
  std::string story;
  for (const auto& one : last_calls_) story += one + '\n';
  INFO(story);
  if (response.status != 200) return check_refusal(call, response, before);
  allowed.insert(call.action);
  if (!mutates) return;
  remember_operations(json::parse(response.body));
  check_invariants(emulator_, failures());
}

void Run::rest() {
  emulator_.advance(days(1));
  for (const char* region : regions) {
    region_ = region;
    enter(region);
    for (const auto& name : names()) {
      const auto resource = emulator_.account().store.find(region, name);
      REQUIRE(resource);
      check_settled(*resource, failures());
    }
    check_invariants(emulator_, failures());
  }
  for (const auto& [region, id] : operations_) {
    enter(region.c_str());
    const json operation = emulator_.call("GetOperation", {{"operationId", id}}).at("operation");
    CAPTURE(operation.dump());
    CHECK(operation.at("isTerminal") == true);
    if (failing_ == 0) CHECK(operation.at("status") == "Succeeded");
    CHECK(operation.at("statusChangedAt") >= operation.at("createdAt"));
  }
  operations_.clear();
}

}  // namespace

TEST_CASE("Random calls: return the same responses for the same calls") {
  std::string responses;
  for (int time = 1; time <= 2; ++time) {
    Emulator emulator;
    Run run(emulator, 9, 9);
    for (int i = 0; i < 150; ++i) run.step();
    if (time == 2) CHECK(run.responses == responses);
    responses = run.responses;
  }
}

TEST_CASE("Random calls: keep all invariants") {
  Emulator emulator;
  std::set<std::string> allowed;
  for (int n = 1; n <= 4; ++n) {
    CAPTURE(n);
    Run run(emulator, n, static_cast<std::uint64_t>(n));
    for (int i = 1; i <= 600; ++i) {
      run.step();
      if (i % 100 == 0) run.rest();
    }
    allowed.merge(run.allowed);
  }
  CHECK(allowed.size() > 70);  // the test must not consist of refused calls
}

TEST_CASE("Random calls: keep all invariants when operations fail") {
  Emulator emulator;
  for (int n = 11; n <= 14; ++n) {
    CAPTURE(n);
    Run run(emulator, n, static_cast<std::uint64_t>(n), 25);
    for (int i = 1; i <= 600; ++i) {
      run.step();
      if (i % 100 == 0) run.rest();
    }
  }
}

}  // namespace papersail
