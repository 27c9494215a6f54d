#include "server/control/control.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "tests/support/emulator.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Emulator, "openapi.json: describes exactly the routes of the control API") {
  std::set<std::string> documented, built;
  const json document = control("GET", "/_papersail/openapi.json");
  for (const auto& path : document.at("paths").items()) {
    INFO(path.key());
    for (const auto& [method, operation] : path.value().items()) {
      if (method == "parameters") continue;
      CHECK(operation.contains("summary"));
      CHECK(operation.contains("responses"));
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(), ::toupper);
      documented.insert(upper + ' ' + path.key());
    }
  }
  for (const Route& route : all_routes())
    built.insert(route.method + std::string(" ") + route.path);
  CHECK(documented == built);
}

TEST_CASE_FIXTURE(Emulator,
                  "Control API: returns 404 for unknown paths and 405 for wrong methods") {
  CHECK(control_refused("GET", "/_papersail/nothing").first == 404);
  CHECK(control_refused("GET", "/_papersail/").first == 404);
  CHECK(control_refused("GET", "/_papersail/health/more").first == 404);
  const auto [status, message] = control_refused("DELETE", "/_papersail/health?now=1");
  CHECK(status == 405);
  CHECK(message == "This path allows only GET.");
}

TEST_CASE_FIXTURE(Emulator, "Control API: replaces bytes that are not UTF-8 in its messages") {
  const auto [status, message] = control_refused("GET", "/_papersail/requests?limi\x96=5");
  CHECK(status == 400);
  CHECK(message.find("limi\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE_FIXTURE(Emulator, "Control API: answers HEAD on health") {
  CHECK(control("HEAD", "/_papersail/health").at("status") == "ok");
}

TEST_CASE("control_response: returns nullopt for paths of other APIs") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  Control control{accounts, dispatch};
  for (const char* target : {"/", "/_papersail", "/lightsail", ""}) {
    CHECK_FALSE(control_response(control, "GET", target, ""));
  }
}

}  // namespace papersail
