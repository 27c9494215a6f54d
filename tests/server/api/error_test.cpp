// The size of error messages that quote a request.
#include "server/api/error.hpp"

#include <functional>

#include "handlers/actions.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/samples.hpp"

namespace papersail {
namespace {

const std::string long_text(20'000, 'x');

// Calls `use` with the input once for each of its texts, with the long text in its place.
void with_each_text_long(const json& input, const std::function<void(const json&)>& use) {
  const json texts = input.flatten();
  for (const auto& [path, value] : texts.items()) {
    if (!value.is_string()) continue;
    json changed = input;
    changed[json::json_pointer(path)] = long_text;
    use(changed);
  }
}

}  // namespace

TEST_CASE_FIXTURE(Emulator, "ApiError: no action returns an error with the whole of a long text") {
  Model model;
  for (const Action& action : all_actions()) {
    with_each_text_long(valid_value(*model.action(action.name)->input), [&](const json& input) {
      const Response response = this->response(action.name, input.dump());
      CAPTURE(action.name);
      CHECK((response.status == 200 || response.body.size() < 10'000));
    });
  }
}

TEST_CASE_FIXTURE(Emulator, "ApiError: keeps both ends of a message with a long name") {
  const std::string name(900'000, 'x');
  const std::string missing = refused("GetOperation", {{"operationId", name}}).message;
  CHECK(missing.size() < 1100);
  CHECK(missing.starts_with("The Operation does not exist: x"));
  const json instance = {{"instanceNames", {name}},
                         {"availabilityZone", "us-east-1a"},
                         {"blueprintId", "ubuntu_24_04"},
                         {"bundleId", "nano_3_0"}};
  const std::string invalid = refused("CreateInstances", instance).message;
  CHECK(invalid.size() < 1100);
  CHECK(invalid.ends_with("contain only alphanumerics, -, _, and ."));
}

TEST_CASE_FIXTURE(Emulator, "validation: shortens the keys of a map and unknown members") {
  const std::string key(100'000, 'k');
  const json input = {
      {"instanceNames", {"web"}},
      {"availabilityZone", "us-east-1a"},
      {"bundleId", "nano_3_0"},
      {"attachedDiskMapping", {{key, std::vector<json>(5000, {{"newDiskName", 7}})}}}};
  const Refused refusal = refused("CreateInstancesFromSnapshot", input);
  CHECK(refusal.message.find("attachedDiskMapping." + std::string(255, 'k') + "....1.member") !=
        std::string::npos);
  CHECK(refusal.message.size() < 1100);
  call("GetRegions", {{key, 1}});
  const json records = control("GET", "/_papersail/requests").at("requests");
  CHECK(records.back().at("unread") == json::array({std::string(255, 'k') + "..."}));
}

TEST_CASE_FIXTURE(Emulator, "Control API: shortens long texts in messages") {
  const auto message = control_refused("GET", "/_papersail/accounts?" + long_text).second;
  CHECK(message.size() < 1100);
  CHECK(message.starts_with("Unknown query parameter \"xxx"));
}

}  // namespace papersail
