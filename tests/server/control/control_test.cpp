#include "server/control/control.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "tests/support/emulator.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Emulator,
                  "Control: the OpenAPI document has the routes, each of them, no other") {
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

TEST_CASE_FIXTURE(Emulator, "Control: a path that is not there and a method that does not fit") {
  CHECK(control_refused("GET", "/_papersail/nothing").first == 404);
  CHECK(control_refused("GET", "/_papersail/").first == 404);
  CHECK(control_refused("GET", "/_papersail/health/more").first == 404);
  const auto [status, message] = control_refused("DELETE", "/_papersail/health?now=1");
  CHECK(status == 405);
  CHECK(message == "This path answers GET only.");
}

TEST_CASE_FIXTURE(Emulator, "Control: bytes that are not UTF-8 are told back as far as they are") {
  const auto [status, message] = control_refused("GET", "/_papersail/requests?limi\x96=5");
  CHECK(status == 400);
  CHECK(message.find("limi\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE_FIXTURE(Emulator, "Control: health is answered to HEAD too") {
  CHECK(control("HEAD", "/_papersail/health").at("status") == "ok");
}

TEST_CASE("Control: what is not ours is left alone") {
  Accounts accounts({"", Lifecycle::load("instant"), Clock::real(), 1});
  Dispatch dispatch(accounts, true);
  Control control{accounts, dispatch};
  for (const char* target : {"/", "/_papersail", "/lightsail", ""}) {
    CHECK_FALSE(control_response(control, "GET", target, ""));
  }
}

}  // namespace papersail
