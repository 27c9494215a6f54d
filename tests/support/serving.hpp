// A process of `papersail serve`.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "server/version.hpp"
#include "tests/support/process.hpp"
#include "tests/support/wire_client.hpp"
#include "text/json.hpp"

namespace papersail {

// A server process that has printed "Ready.".
struct Serving : Process {
  explicit Serving(std::vector<std::string> more = {}) : Process(arguments(std::move(more))) {
    const std::string first = line();
    REQUIRE(
        first.starts_with("papersail " + std::string(version) + " listens on http://127.0.0.1:"));
    port = first.substr(first.rfind(':') + 1);
    REQUIRE(line() == "Ready.");
  }

  static std::vector<std::string> arguments(std::vector<std::string> more) {
    more.insert(more.begin(), {"serve", "--port", "0"});
    return more;
  }

  json call(std::string_view action, const json& input = json::object()) const {
    WireClient client(std::stoi(port));
    client.send(request_for(action, input.dump()));
    const auto response = client.response();
    REQUIRE(response.has_value());
    INFO(response->body);
    REQUIRE(response->status == 200);
    return json::parse(response->body);
  }

  std::string port;
};

inline json new_instance() {
  return {{"instanceNames", {"web-1"}},
          {"availabilityZone", "us-east-1a"},
          {"blueprintId", "ubuntu_22_04"},
          {"bundleId", "nano_3_0"}};
}

}  // namespace papersail
