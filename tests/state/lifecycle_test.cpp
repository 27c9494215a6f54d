#include "state/lifecycle.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <stdexcept>

#include "fixtures/fixtures.hpp"
#include "tests/support/folder.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

// A profile of these rows alone.
Lifecycle with_rows(const std::vector<json>& rows) {
  return Lifecycle::parse(json({{"transitions", rows}}).dump());
}

json row(const char* from, const json& to, double after) {
  return {{"type", "Disk"}, {"from", from}, {"to", to}, {"after", after}};
}

json named(const char* name, json row) {
  row["name"] = name;
  return row;
}

std::string refusal(const json& profile) {
  try {
    Lifecycle::parse(profile.dump());
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

std::string refusal_of_rows(const std::vector<json>& rows) {
  return refusal({{"transitions", rows}});
}

}  // namespace

TEST_CASE("Lifecycle: fast is a sixtieth of realistic, instant is nothing at all") {
  const Lifecycle realistic = Lifecycle::load("realistic");
  const Lifecycle fast = Lifecycle::load("fast");
  const Lifecycle instant = Lifecycle::load("instant");
  const json rows = json::parse(*fixture("lifecycles/realistic.json"));
  for (const json& row : rows.at("transitions")) {
    CAPTURE(row.dump());
    const std::string type = row.at("type"), from = row.at("from");
    const Transition* slow = realistic.next(type, "web", from);
    REQUIRE(slow);
    CHECK(slow->after == Millis(row.at("after").get<double>() * 1000 + 0.5));
    CHECK(std::abs(static_cast<double>(fast.next(type, "web", from)->after) -
                   static_cast<double>(slow->after) / 60) <= 0.5);
    CHECK(instant.next(type, "web", from)->after == 0);
    CHECK(fast.next(type, "web", from)->to == slow->to);
  }
  for (const auto& [name, delay] : rows.at("delays").items()) {
    CHECK(realistic.delay(name) == seconds(delay));
    CHECK(fast.delay(name) == (seconds(delay) + 30) / 60);
    CHECK(instant.delay(name) == 0);
  }
  CHECK(realistic.delay("no such delay") == 0);
}

TEST_CASE("Lifecycle: a chain rests after the sum of its times") {
  const Lifecycle chain =
      with_rows({row("pending", "creating", 1.5), row("creating", "available", 2)});
  CHECK(chain.final_outcome("Disk", "data", "pending").after == 3500);
  CHECK(chain.final_outcome("Disk", "data", "creating").after == 2000);
  CHECK(chain.final_outcome("Disk", "data", "available").after == 0);
  CHECK(chain.final_outcome("Instance", "data", "pending").after == 0);
  CHECK(chain.next("Disk", "data", "available") == nullptr);
}

TEST_CASE("Lifecycle: a row of a name wins over that of any, wherever it stands") {
  const Lifecycle mixed =
      with_rows({row("pending", "available", 5), named("*-fail", row("pending", "error", 1)),
                 named("db-*", row("pending", nullptr, 2))});
  CHECK(mixed.next("Disk", "data", "pending")->to == "available");
  CHECK(mixed.next("Disk", "data-fail", "pending")->to == "error");
  CHECK(mixed.next("Disk", "db-fail", "pending")->to == "error");  // the first that fits
  CHECK_FALSE(mixed.next("Disk", "db-1", "pending")->to.has_value());
}

TEST_CASE("Lifecycle: an operation fails with the first row that says so, at its time") {
  json failing = named("*-fail", row("creating", "error", 2));
  failing.update({{"errorCode", "OutOfDisks"}, {"errorDetails", "none left"}});
  const Lifecycle profile =
      with_rows({row("pending", "creating", 1), row("creating", "available", 1), failing,
                 row("error", nullptr, 60)});
  const Outcome failed = profile.final_outcome("Disk", "a-fail", "pending");
  CHECK(failed.after == 3000);
  CHECK(failed.error_code == "OutOfDisks");
  CHECK(failed.error_details == "none left");
  CHECK(profile.final_outcome("Disk", "a", "pending").error_code == "");
}

TEST_CASE("Lifecycle: the patch shows the new state, whether or not it says so") {
  const auto patch = [](const json& row) {
    return with_rows({row}).next(row.at("type").get<std::string>(), "web", "a")->patch;
  };
  CHECK(patch(row("a", "b", 1)) == json({{"state", "b"}}));
  CHECK(patch({{"type", "Instance"},
               {"from", "a"},
               {"to", "b"},
               {"patch", {{"state", {{"code", 1}}}}}}) ==
        json({{"state", {{"code", 1}, {"name", "b"}}}}));
  CHECK(patch({{"type", "Domain"}, {"from", "a"}, {"to", "b"}}) == json::object());
}

TEST_CASE("Lifecycle: a user's file builds on a profile, scales it, and goes before it") {
  const Folder folder;
  const std::string path = folder / "mine.json";
  std::ofstream(path) << R"({"_why": "tests", "base": "realistic", "scale": 0.5,
    "delays": {"windows-password": 3},
    "transitions": [{"type": "Instance", "name": "slow-*", "from": "pending", "after": 100,
                     "to": "running", "patch": {"state": {"code": 16}}}]})";
  const Lifecycle mine = Lifecycle::load(path);
  CHECK(mine.next("Instance", "web", "pending")->after == 8950);
  CHECK(mine.next("Instance", "slow-web", "pending")->after == 100'000);  // not scaled
  CHECK(mine.delay("windows-password") == 3000);
  CHECK(mine.delay("instance-health-check") == 60'000);
}

TEST_CASE("Lifecycle: what is no profile is refused in words") {
  CHECK_THROWS_WITH_AS(Lifecycle::load("/no/such/file"),
                       "no lifecycle profile and no file: /no/such/file", std::invalid_argument);
  for (const char* text : {"", "{", "[]", "7", "null", R"({"transitions": 7})", R"({"base": 7})",
                           R"({"scale": "half"})", R"({"delays": []  , "transitions": [[]]})",
                           R"({"transitions": [{"type": "Disk"}]})", R"({"delays": {"a": "b"}})",
                           R"({"transitions": [{"type": 1, "from": "a", "to": "b"}]})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(Lifecycle::parse(text), std::invalid_argument);
  }
  CHECK(refusal({{"transition", json::array()}}) == "lifecycle: what is \"transition\"?");
  json slip = row("a", "b", 1);
  slip["error_code"] = "Oops";
  CHECK(refusal_of_rows({slip}) == "lifecycle: what is \"error_code\"?");
}

TEST_CASE("Lifecycle: a wrong type is refused by the member's name") {
  json wrong = row("a", "b", 1);
  wrong["after"] = "soon";
  CHECK(refusal_of_rows({wrong}) == "lifecycle: after must be a number");
  wrong = row("a", 7, 1);
  CHECK(refusal_of_rows({wrong}) == "lifecycle: to must be a string");
  wrong.erase("to");
  CHECK(refusal_of_rows({wrong}) == "lifecycle: to must be in each transition");
  wrong = row("a", "b", 1);
  wrong["patch"] = "state";
  CHECK(refusal_of_rows({wrong}) == "lifecycle: patch must be an object");
  json odd = {{"type", "Instance"}, {"from", "a"}, {"to", "b"}, {"patch", {{"state", "b"}}}};
  CHECK(refusal_of_rows({odd}) != "");
  CHECK(refusal({{"scale", "half"}}) == "lifecycle: scale must be a number");
  CHECK(refusal({{"delays", {{"windows-password", "long"}}}}) ==
        "lifecycle: windows-password must be a number");
  CHECK(refusal_of_rows(std::vector<json>(1001, row("a", "b", 1))) ==
        "lifecycle: transitions must be a list of at most a thousand");
}

TEST_CASE("Lifecycle: of a profile's name or of rows, and it says which") {
  const Lifecycle named = Lifecycle::of({{"profile", "realistic"}});
  CHECK(named.next("Instance", "web", "pending")->after == 17'900);
  CHECK(named.description() == json({{"profile", "realistic"}}));
  const json rows = {{"base", "realistic"}, {"scale", 0.5}};
  const Lifecycle own = Lifecycle::of(rows);
  CHECK(own.next("Instance", "web", "pending")->after == 8950);
  CHECK(own.description() == rows);
  CHECK(Lifecycle::load("fast").description() == json({{"profile", "fast"}}));
}

TEST_CASE("Lifecycle: a client cannot make the server read its files") {
  const Folder folder;
  const std::string path = folder / "mine.json";
  std::ofstream(path) << "{}";
  CHECK_NOTHROW(Lifecycle::load(path));
  const std::string refused = "lifecycle: there is no profile \"" + path + "\"";
  for (const char* member : {"profile", "base"}) {
    CHECK_THROWS_WITH_AS(Lifecycle::of({{member, path}}), refused.c_str(), std::invalid_argument);
  }
  CHECK_THROWS_WITH_AS(Lifecycle::of({{"profile", "fast"}, {"scale", 2}}),
                       "lifecycle: what is \"scale\"?", std::invalid_argument);
  for (const json& none : {json(), json("fast"), json::array(), json({{"profile", 7}})}) {
    CHECK_THROWS_AS(Lifecycle::of(none), std::invalid_argument);
  }
}

TEST_CASE("Lifecycle: times below zero and beyond a century are refused") {
  const std::string refused = "lifecycle: a time below zero or above a hundred years";
  for (const double after : {-1.0, -0.001, 1e10, 1e300}) {
    CHECK(refusal_of_rows({row("a", "b", after)}) == refused);
    CHECK(refusal({{"delays", {{"a", after}}}}) == refused);
  }
  CHECK(refusal({{"base", "realistic"}, {"scale", -1}}) == refused);
  CHECK(refusal({{"base", "realistic"}, {"scale", 1e300}}) == refused);
}

TEST_CASE("Lifecycle: rows that could run in a circle in no time are refused") {
  CHECK(refusal_of_rows({row("a", "a", 0)}) != "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "a", 0)}) ==
        "lifecycle: a Disk may never rest after \"a\"");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "c", 0), row("c", "b", 0)}) != "");
  CHECK(refusal_of_rows({row("a", "b", 0.5), row("b", "a", 0.5)}) != "");
  // Each row is for other names, yet one name fits both.
  CHECK(refusal_of_rows({named("web*", row("a", "b", 0)), named("*1", row("b", "a", 0))}) != "");
  CHECK(
      refusal({{"base", "instant"},
               {"transitions",
                {{{"type", "Instance"}, {"from", "running"}, {"to", "pending"}, {"after", 0}}}}}) !=
      "");
}

TEST_CASE("Lifecycle: circles that take time, and ends, are no circles in no time") {
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "a", 1)}) == "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", nullptr, 0)}) == "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("c", "a", 0)}) == "");
  // The first row of a name takes the place of later ones.
  CHECK(refusal_of_rows({row("a", "b", 1), row("a", "b", 0), row("b", "a", 0)}) == "");
  const json other = {{"type", "Domain"}, {"from", "b"}, {"to", "a"}};
  CHECK(refusal_of_rows({row("a", "b", 0), other}) == "");
}

TEST_CASE("Lifecycle: a profile whose base is itself is refused") {
  const Folder folder;
  const std::string path = folder / "circle.json";
  std::ofstream(path) << json({{"base", path}});
  CHECK_THROWS_WITH_AS(Lifecycle::load(path), "lifecycle: too many bases, or a circle",
                       std::invalid_argument);
}

}  // namespace papersail
