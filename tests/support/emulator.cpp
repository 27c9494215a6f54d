#include "tests/support/emulator.hpp"

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

Response Emulator::response(std::string_view action, const std::string& body) {
  const std::string target = "Lightsail_20161128." + std::string(action);
  return dispatch_.respond({target, authorization_, "127.0.0.1:4566", body});
}

json Emulator::call(std::string_view action, const json& input) {
  const Response response = this->response(action, input.dump());
  INFO(action, " ", input.dump(), " -> ", response.body);
  REQUIRE(response.status == 200);
  return json::parse(response.body);
}

Refused Emulator::refused(std::string_view action, const json& input) {
  const Response response = this->response(action, input.dump());
  INFO(action, " ", input.dump(), " -> ", response.body);
  REQUIRE(response.status >= 400);
  REQUIRE(response.status < 500);
  const json error = json::parse(response.body);
  return {response.status, error.at("__type"), error.at("code"), error.at("message")};
}

json Emulator::control(std::string_view method, const std::string& target, const json& body) {
  const auto response =
      control_response(control_, method, target, body.is_null() ? "" : body.dump());
  INFO(method, " ", target, " ", body.dump());
  REQUIRE(response);
  INFO(response->body);
  REQUIRE(response->status < 400);
  return response->content_type == "application/json" ? json::parse(response->body)
                                                      : json(response->body);
}

std::pair<int, std::string> Emulator::control_refused(std::string_view method,
                                                      const std::string& target,
                                                      const std::string& body) {
  const auto response = control_response(control_, method, target, body);
  INFO(method, " ", target, " ", body);
  REQUIRE(response);
  INFO(response->body);
  REQUIRE(response->status >= 400);
  return {response->status, json::parse(response->body).at("message")};
}

}  // namespace papersail
