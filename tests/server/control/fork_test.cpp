// Compares the answers of an account with those of its fork.
#include <boost/algorithm/string/replace.hpp>
#include <boost/regex.hpp>
#include <map>
#include <string>

#include "handlers/actions.hpp"
#include "server/api/model.hpp"
#include "tests/support/stages.hpp"

namespace papersail {
namespace {

constexpr const char* original = "100000000001";
constexpr const char* copy = "100000000002";

// The calls that read something in the account of the test.
class Reads {
 public:
  explicit Reads(Emulator& emulator) : emulator_(emulator) {}

  // Returns the answers of the account to all calls, with the id of the original in them.
  std::map<std::string, std::string> answers(const char* account) {
    emulator_.act_as(account);
    std::map<std::string, std::string> out;
    for (const Action& action : all_actions()) {
      const std::string name(action.name);
      if (!name.starts_with("Get") || name == "GetInstanceAccessDetails") continue;  // a new key
      std::string body = emulator_.response(name, input_of(name).dump()).body;
      boost::algorithm::replace_all(body, account, original);
      body =
          boost::regex_replace(body, boost::regex(R"("next\w*Token":"[^"]*")"), "");  // bound to it
      out.emplace(name, body);
    }
    return out;
  }

 private:
  json input_of(const std::string& action) {
    const Millis now = emulator_.now() / 1000;
    const std::map<std::string, json> values = {{"diskName", "data"},
                                                {"endTime", now},
                                                {"instanceName", "web"},
                                                {"instanceSnapshotName", "web-shot"},
                                                {"logStreamName", "error"},
                                                {"metricName", "CPUUtilization"},
                                                {"period", 300},
                                                {"relationalDatabaseName", "db"},
                                                {"resourceName", "web"},
                                                {"startTime", now - 86400},
                                                {"statistics", {"Average"}},
                                                {"unit", "Percent"}};
    json out = json::object();
    for (const Member& member : model_.action(action)->input->members) {
      const auto found = values.find(member.name);
      if (member.required && found != values.end()) out[member.name] = found->second;
    }
    if (action == "GetRelationalDatabaseEvents") out["durationInMinutes"] = 20160;
    return out;
  }

  Emulator& emulator_;
  Model model_;
};

}  // namespace

TEST_CASE("POST fork: both accounts give the same answers, now and later") {
  Emulator emulator;
  emulator.act_as(original);
  const Stages stages(test_data("operations.json").at("stages"));
  stages.set(emulator,
             {"web", "shot of web", "data on web", "db", "ip on web", "auto shots of web"});
  emulator.control("POST", std::string("/_papersail/accounts/") + original + "/fork",
                   {{"to", copy}});
  Reads reads(emulator);
  for (const Millis later : {Millis(0), minutes(30), hours(5), hours(7), days(2), days(365)}) {
    CAPTURE(later);
    for (const char* account : {original, copy}) {
      emulator.act_as(account);
      emulator.accounts()[account].clock.advance(later);
    }
    const auto expected = reads.answers(original), actual = reads.answers(copy);
    for (const auto& [action, body] : expected) {
      CAPTURE(action);
      CHECK(actual.at(action) == body);
    }
  }
}

}  // namespace papersail
