// The service model and the validation of inputs and outputs.
#include "server/api/model.hpp"

#include <set>

#include "fixtures/fixtures.hpp"
#include "handlers/actions.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/samples.hpp"

namespace papersail {
namespace {

using Violations = std::vector<std::string>;

// Returns the actions of the model that have no handler.
std::vector<std::string> missing_actions(Model& model) {
  std::set<std::string> out;
  for (const auto& name : model.actions()) out.emplace(name);
  for (const Action& action : all_actions()) out.erase(std::string(action.name));
  return {out.begin(), out.end()};
}

Shape shape_of(Kind kind) {
  Shape out;
  out.kind = kind;
  return out;
}

}  // namespace

TEST_CASE("Model: has 167 actions, each with at most one handler") {
  Model model;
  CHECK(model.actions().size() == 167);
  CHECK(model.version().starts_with("botocore "));
  std::set<std::string_view> handled;
  for (const Action& action : all_actions()) {
    CAPTURE(action.name);
    CHECK(model.has(action.name));
    CHECK(handled.insert(action.name).second);
  }
}

TEST_CASE("Model: reads the shapes of every action") {
  Model model;
  for (const auto& name : model.actions()) {
    const ActionModel* action = model.action(name);
    REQUIRE(action);
    CHECK(action->input->kind == Kind::structure);
    CHECK(action->output->kind == Kind::structure);
  }
  CHECK(model.action("GetNothing") == nullptr);
  CHECK(model.action("") == nullptr);
  CHECK_FALSE(model.has("GetNothing"));
}

TEST_CASE("input_violations: accepts an input with every member, for every action") {
  Model model;
  for (const auto& name : model.actions()) {
    const Shape& input = *model.action(name)->input;
    CAPTURE(name);
    CHECK(input_violations(input, valid_value(input)) == Violations());
  }
}

TEST_CASE_FIXTURE(Emulator, "validation: names each invalid member, for every action") {
  Model model;
  int flaws = 0;
  for (const auto& name : model.actions()) {
    for (const InvalidValue& flaw : invalid_values(*model.action(name)->input)) {
      ++flaws;
      const Refused refusal = refused(name, flaw.value);
      INFO(name, " ", flaw.value.dump().substr(0, 2000), " -> ", refusal.message.substr(0, 2000));
      CHECK(refusal.status == 400);
      CHECK(refusal.type == "InvalidInputException");
      CHECK(refusal.code == "InvalidParams");
      CHECK(refusal.message.find(" validation error") != std::string::npos);
      const std::string rule =
          " at '" + flaw.path + "' failed to satisfy constraint: Member must " + flaw.rule;
      CHECK(refusal.message.find(rule) != std::string::npos);
    }
  }
  CHECK(flaws > 1700);
}

TEST_CASE_FIXTURE(Emulator, "validation: words and counts violations as AWS does") {
  CHECK(refused("GetInstance").message ==
        "1 validation error detected: Value null at 'instanceName' failed to satisfy constraint: "
        "Member must not be null");
  const json input = {{"resourceName", "web"}, {"tags", {{{"key", 7}}, "x"}}};
  CHECK(refused("TagResource", input).message ==
        "2 validation errors detected: Value '7' at 'tags.1.member.key' failed to satisfy "
        "constraint: Member must be a string; Value 'x' at 'tags.2.member' failed to satisfy "
        "constraint: Member must be a structure");
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: returns 501 with the name of an action without a handler") {
  Model model;
  for (const auto& name : missing_actions(model)) {
    const json input = valid_value(*model.action(name)->input);
    const Response response = this->response(name, input.dump());
    CAPTURE(response.body);
    CHECK(response.status == 501);
    const json error = json::parse(response.body);
    CHECK(error.at("__type") == "NotImplementedException");
    CHECK(error.at("message").get<std::string>().find(" " + name + " ") != std::string::npos);
  }
}

TEST_CASE_FIXTURE(Emulator, "Dispatch: returns 404 for an unknown action") {
  for (const char* name : {"GetNothing", "", "getinstance", "GetInstance "}) {
    const Refused refusal = refused(name);
    CHECK(refusal.status == 404);
    CHECK(refusal.type == "UnknownOperationException");
    CHECK(refusal.message == "Unknown action: " + std::string(name));
  }
}

TEST_CASE_FIXTURE(Emulator, "validation: ignores unknown members and drops null members") {
  const json plain = call("GetRegions");
  CHECK(call("GetRegions", {{"includeEverything", {1, {{"a", nullptr}}}}}) == plain);
  CHECK(call("GetRegions", {{"includeAvailabilityZones", nullptr}}) == plain);
  const json tag = {{"key", "team"}, {"value", nullptr}, {"colour", "red"}};
  call("CreateKeyPair", {{"keyPairName", "mine"}, {"tags", {tag}}});
  CHECK(call("GetKeyPair", {{"keyPairName", "mine"}})["keyPair"]["tags"] ==
        json::parse(R"([{"key": "team"}])"));
}

TEST_CASE("validation: reads an empty body as an empty input and refuses null in a list") {
  Emulator emulator;
  CHECK(emulator.response("GetRegions", "").status == 200);
  const Refused refusal =
      emulator.refused("UntagResource", {{"resourceName", "web"}, {"tagKeys", {"team", nullptr}}});
  CHECK(refusal.message ==
        "1 validation error detected: Value null at 'tagKeys.2.member' failed to satisfy "
        "constraint: Member must be a string");
}

TEST_CASE("validation: accepts whole numbers within the bounds of their type") {
  Shape integer = shape_of(Kind::integer);
  integer.min = 1;
  integer.max = 20;
  for (const char* good : {"1", "20"}) {
    CHECK(input_violations(integer, json::parse(good)) == Violations());
  }
  for (const char* bad : {"0", "-0", "21", "16.0", "1e1", "99999999999999999999",
                          "18446744073709551615", "-9223372036854775808", "\"5\"", "true"}) {
    CAPTURE(bad);
    CHECK(input_violations(integer, json::parse(bad)).size() == 1);
  }
  const Shape long_integer = shape_of(Kind::integer);  // the model's "long" has no bounds
  CHECK(input_violations(long_integer, json::parse("4294967296")) == Violations());
  CHECK(input_violations(long_integer, json::parse("18446744073709551615")).size() == 1);
}

TEST_CASE("validation: accepts any number as a timestamp within years 1 to 9999") {
  const Shape timestamp = shape_of(Kind::timestamp);
  for (const char* good : {"0", "1767225600", "1767225600.5", "1.7672256E9", "-1"}) {
    CHECK(input_violations(timestamp, json::parse(good)) == Violations());
  }
  for (const char* bad : {"1e300", "-1e300", "1767225600000", "\"2026-01-01T00:00:00Z\""}) {
    CAPTURE(bad);
    CHECK(input_violations(timestamp, json::parse(bad)).size() == 1);
  }
}

TEST_CASE("validation: counts lengths in characters") {
  Shape text = shape_of(Kind::text);
  text.max = 3;
  CHECK(input_violations(text, "äöü") == Violations());
  CHECK(input_violations(text, "äöüß").size() == 1);
}

TEST_CASE("validation: cuts long values between characters and bounds the violations") {
  Shape text = shape_of(Kind::text);
  text.max = 3;
  std::string shown;
  for (int i = 0; i < 99; ++i) shown += 'a';
  const auto violations = input_violations(text, shown + "ä and so on");
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].starts_with("Value '" + shown + "...' at "));
  Shape list = shape_of(Kind::list);
  list.element = &text;
  CHECK(input_violations(list, std::vector<json>(100'000, 7)).size() == 50);
}

TEST_CASE("validation: matches every pattern against long text without failing") {
  Model model;
  std::set<std::string> seen;
  const std::string long_text(100'000, 'a');
  const std::function<void(const Shape&)> visit = [&](const Shape& shape) {
    if (!seen.insert(shape.name).second) return;
    if (!shape.pattern.empty()) {
      for (const char* end : {"", "!", "@", ".", "/", " "}) {
        CHECK_NOTHROW(input_violations(shape, long_text + end));
      }
    }
    if (shape.element) visit(*shape.element);
    for (const Member& member : shape.members) visit(*member.shape);
  };
  for (const auto& name : model.actions()) visit(*model.action(name)->input);
}

TEST_CASE("output_violations: reports wrong types, nulls and unknown members") {
  Model model;
  const Shape& output = *model.action("GetInstance")->output;
  const auto violations = [&](const json& instance) {
    return output_violations(output, {{"instance", instance}});
  };
  CHECK(violations({{"name", "web"}, {"state", {{"code", 16}, {"name", "running"}}}}).empty());
  CHECK(violations({{"nane", "web"}}) == Violations{"'instance' has the unknown member 'nane'"});
  CHECK(violations({{"name", nullptr}}) == Violations{"'instance.name' is null"});
  CHECK(violations({{"state", {{"code", "16"}}}}).size() == 1);
  CHECK(violations({{"createdAt", "2026-01-01"}}).size() == 1);
  CHECK(violations({{"tags", {{{"key", "a"}, {"values", "b"}}}}}).size() == 1);
  CHECK(violations({{"ipAddressType", "ipv5"}}).size() == 1);
}

TEST_CASE("model-patches.json: every patch has a reason and an effect") {
  const json model = json::parse(*fixture("service-model.json"));
  for (const json& entry : json::parse(*fixture("model-patches.json"))) {
    CAPTURE(entry.dump());
    CHECK(entry.at("reason").get<std::string>().size() > 20);
    CHECK(entry.size() == 2);
    json patched = model;
    patched.patch_inplace(entry.at("patch"));
    CHECK(patched != model);
    for (const json& change : entry.at("patch")) {
      json once = model;
      once.patch_inplace(json::array({change}));
      CHECK(once != model);
    }
  }
}

}  // namespace papersail
