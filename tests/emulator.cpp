#include "tests/emulator.hpp"

namespace papersail {

Emulator::Emulator(const std::string& lifecycle, const std::string& data, std::uint64_t seed)
    : accounts_({data, Lifecycle::load(lifecycle), Clock::starting_at(test_start), seed}),
      dispatch_(accounts_, true) {
  act_as("test");
}

void Emulator::act_as(const std::string& access_key, const std::string& region) {
  authorization_ = "AWS4-HMAC-SHA256 Credential=" + access_key + "/20260101/" + region +
                   "/lightsail/aws4_request, SignedHeaders=host, Signature=0";
  account_ = scope_of({"", authorization_, "", ""}).account;
}

Answer Emulator::answer(std::string_view action, const std::string& body) {
  const std::string target = "Lightsail_20161128." + std::string(action);
  return dispatch_.answer({target, authorization_, "127.0.0.1:4566", body});
}

json Emulator::call(std::string_view action, const json& input) {
  const Answer answer = this->answer(action, input.dump());
  INFO(action, " ", input.dump(), " -> ", answer.body);
  REQUIRE(answer.status == 200);
  return json::parse(answer.body);
}

Refused Emulator::refused(std::string_view action, const json& input) {
  const Answer answer = this->answer(action, input.dump());
  INFO(action, " ", input.dump(), " -> ", answer.body);
  REQUIRE(answer.status >= 400);
  REQUIRE(answer.status < 500);
  const json error = json::parse(answer.body);
  return {answer.status, error.at("__type"), error.at("code"), error.at("message")};
}

}  // namespace papersail
