// An emulator with access to the recorded calls of the control API.
#pragma once

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "server/observers/recorder.hpp"
#include "tests/handlers/databases/databases.hpp"

namespace papersail {

struct Recorded : Databases {
  using Databases::Databases;

  json requests(const std::string& query = "") {
    return control("GET", "/_papersail/requests" + query)["requests"];
  }
  json last() { return requests("?limit=1").at(0); }
  // Returns the actions of a list of requests.
  static json actions(const json& list) {
    json out = json::array();
    for (const json& request : list) out.push_back(request.at("action"));
    return out;
  }
  std::string exported(const std::string& query = "") {
    return control("GET", "/_papersail/requests/export" + query);
  }
  std::vector<json> lines(const std::string& query = "") {
    std::istringstream text(exported(query));
    std::vector<json> out;
    for (std::string line; std::getline(text, line);) out.push_back(json::parse(line));
    return out;
  }
  void launch(const std::string& name, const json& more = json::object()) {
    json input = {{"instanceNames", json::array({name})},
                  {"availabilityZone", "us-east-1a"},
                  {"blueprintId", "ubuntu_24_04"},
                  {"bundleId", "nano_3_0"}};
    input.update(more);
    call("CreateInstances", input);
  }
};

// Returns a record like the dispatcher's.
inline Record record(const std::string& account, const std::string& action,
                     const std::string& input, const std::string& id = "") {
  Record out;
  out.account = account;
  out.action = action;
  out.region = "us-east-1";
  out.input = input;
  out.request_id = id;
  out.status = 200;
  return out;
}

inline const std::string mine = "111111111111";

}  // namespace papersail
