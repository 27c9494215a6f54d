#include <algorithm>

#include "server/version.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {

TEST_CASE("GET ready: returns 503 until the seeds are applied") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  Control control{accounts, dispatch};
  Control copy = control;  // copies share the server state
  const auto ready = [&] { return control_response(copy, "GET", "/_papersail/ready", "").value(); };
  CHECK(ready().status == 200);
  control.server->ready = false;
  CHECK(ready().status == 503);
  CHECK(json::parse(ready().body) == json({{"ready", false}}));
  CHECK(control_response(copy, "GET", "/_papersail/health", "").value().status == 200);
  control.server->ready = true;
  CHECK(ready().status == 200);
  CHECK(json::parse(ready().body) == json({{"ready", true}}));
}

TEST_CASE_FIXTURE(
    Emulator, "GET info: returns versions, actions, capabilities and the defaults of accounts") {
  const json info = control("GET", "/_papersail/info");
  CHECK(info.at("version") == std::string(version));
  CHECK(info.at("revision") == std::string(revision));
  CHECK(info.at("model").get<std::string>().starts_with("botocore "));
  const json& actions = info.at("actions");
  CHECK(actions.at("implemented") == actions.at("names").size());
  CHECK(actions.at("total") == actions.at("names").size() + actions.at("missing").size());
  CHECK(actions.at("total") >= 167);
  const auto has = [&](const char* list, const char* name) {
    const json& names = actions.at(list);
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  CHECK(has("names", "GetInstance"));
  CHECK_FALSE(has("missing", "GetInstance"));
  CHECK(info.at("ready") == true);
  CHECK(info.at("data") == "memory");
  CHECK(info.at("uptimeSeconds") >= 0);
  CHECK(info.at("lifecycle") == json({{"profile", "realistic"}}));
  CHECK(info.at("clock").at("now") == "2026-01-01T00:00:00Z");
  for (const char* there : {"clock", "lifecycle", "checkpoints", "fork", "resources"}) {
    CHECK(info.at("capabilities").at(there) == true);
  }
  CHECK(info.at("capabilities").at("persistence") == false);
  CHECK(info.at("capabilities").at("machines") == false);
}

TEST_CASE_FIXTURE(Emulator, "GET openapi.json: has the version of the server") {
  const json document = control("GET", "/_papersail/openapi.json");
  CHECK(document.at("info").at("version") == std::string(version));
}

TEST_CASE_FIXTURE(Emulator, "GET openapi.json: has the target of every reference") {
  const json document = control("GET", "/_papersail/openapi.json");
  const json members = document.flatten();
  int references = 0;
  for (const auto& [path, value] : members.items()) {
    if (!path.ends_with("/$ref")) continue;
    CAPTURE(value.get<std::string>());
    CHECK(document.contains(json::json_pointer(value.get<std::string>().substr(1))));
    ++references;
  }
  CHECK(references > 50);
}

TEST_CASE("GET info: returns the data folder") {
  const Folder folder;
  Emulator emulator("realistic", folder.path());
  const json info = emulator.control("GET", "/_papersail/info");
  CHECK(info.at("data") == folder.path());
  CHECK(info.at("capabilities").at("persistence") == true);
}

TEST_CASE_FIXTURE(Emulator,
                  "GET /_localstack: returns the members that LocalStack's clients read") {
  const json info = control("GET", "/_localstack/info");
  CHECK(info.at("version") == std::string(version));
  CHECK(info.at("edition") == "papersail");
  CHECK(info.at("is_license_activated") == false);
  CHECK(info.at("uptime").is_number_integer());
  CHECK(info.at("server_time_utc").get<std::string>().ends_with("Z"));
  CHECK(control("GET", "/_localstack/health").at("services").at("lightsail") == "running");
}

}  // namespace papersail
