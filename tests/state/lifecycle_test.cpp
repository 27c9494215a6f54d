#include "state/lifecycle.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <stdexcept>

#include "fixtures/fixtures.hpp"
#include "tests/support/folder.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

// Returns a profile with these rows only.
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

TEST_CASE("Lifecycle: fast takes a sixtieth of the times of realistic, instant takes no time") {
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

TEST_CASE("Lifecycle: final_outcome adds the times of a chain of transitions") {
  const Lifecycle chain =
      with_rows({row("pending", "creating", 1.5), row("creating", "available", 2)});
  CHECK(chain.final_outcome("Disk", "data", "pending").after == 3500);
  CHECK(chain.final_outcome("Disk", "data", "creating").after == 2000);
  CHECK(chain.final_outcome("Disk", "data", "available").after == 0);
  CHECK(chain.final_outcome("Instance", "data", "pending").after == 0);
  CHECK(chain.next("Disk", "data", "available") == nullptr);
}

TEST_CASE("Lifecycle: next prefers a row with a name to one with \"*\", in any order") {
  const Lifecycle mixed =
      with_rows({row("pending", "available", 5), named("*-fail", row("pending", "error", 1)),
                 named("db-*", row("pending", nullptr, 2))});
  CHECK(mixed.next("Disk", "data", "pending")->to == "available");
  CHECK(mixed.next("Disk", "data-fail", "pending")->to == "error");
  CHECK(mixed.next("Disk", "db-fail", "pending")->to == "error");  // the first one that matches
  CHECK_FALSE(mixed.next("Disk", "db-1", "pending")->to.has_value());
}

TEST_CASE("Lifecycle: final_outcome ends at the first row with an error code") {
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

TEST_CASE("Lifecycle: adds the new state to the patch of a row") {
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

TEST_CASE("Lifecycle: load scales the base of a file and prefers the file's own rows") {
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

TEST_CASE("Lifecycle: refuses an invalid profile with a message") {
  CHECK_THROWS_WITH_AS(Lifecycle::load("/no/such/file"),
                       "lifecycle: \"/no/such/file\" is neither a profile nor a readable file. "
                       "The profiles are fast, instant, realistic.",
                       std::invalid_argument);
  for (const char* text : {"", "{", "[]", "7", "null", R"({"transitions": 7})", R"({"base": 7})",
                           R"({"scale": "half"})", R"({"delays": []  , "transitions": [[]]})",
                           R"({"transitions": [{"type": "Disk"}]})", R"({"delays": {"a": "b"}})",
                           R"({"transitions": [{"type": 1, "from": "a", "to": "b"}]})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(Lifecycle::parse(text), std::invalid_argument);
  }
  CHECK(refusal({{"transition", json::array()}}) == "lifecycle: Unknown member \"transition\".");
  json slip = row("a", "b", 1);
  slip["error_code"] = "Oops";
  CHECK(refusal_of_rows({slip}) == "lifecycle: Unknown member \"transitions[0].error_code\".");
}

TEST_CASE("Lifecycle: refuses a member of a wrong type and names it") {
  json wrong = row("a", "b", 1);
  wrong["after"] = "soon";
  CHECK(refusal_of_rows({row("b", "c", 1), wrong}) ==
        "lifecycle: \"transitions[1].after\" must be a number.");
  wrong = row("a", 7, 1);
  CHECK(refusal_of_rows({wrong}) == "lifecycle: \"transitions[0].to\" must be a string, or null.");
  wrong.erase("to");
  CHECK(refusal_of_rows({wrong}) == "lifecycle: \"transitions[0].to\" is required.");
  wrong = row("a", "b", 1);
  wrong["patch"] = "state";
  CHECK(refusal_of_rows({wrong}) == "lifecycle: \"transitions[0].patch\" must be an object.");
  const json odd = {{"type", "Instance"}, {"from", "a"}, {"to", "b"}, {"patch", {{"state", "b"}}}};
  CHECK(refusal_of_rows({odd}) ==
        "lifecycle: \"transitions[0].patch\" must be an object that can contain the state at "
        "/state/name.");
  CHECK(refusal_of_rows({"a"}) == "lifecycle: \"transitions[0]\" must be a JSON object.");
  CHECK(refusal({{"scale", "half"}}) == "lifecycle: \"scale\" must be a number.");
  CHECK(refusal({{"delays", {{"windows-password", "long"}}}}) ==
        "lifecycle: \"delays.windows-password\" must be a number.");
  CHECK(refusal_of_rows(std::vector<json>(1001, row("a", "b", 1))) ==
        "lifecycle: \"transitions\" must be an array of at most 1000.");
}

TEST_CASE("Lifecycle: description returns the profile's name or its rows") {
  const Lifecycle named = Lifecycle::of({{"profile", "realistic"}});
  CHECK(named.next("Instance", "web", "pending")->after == 17'900);
  CHECK(named.description() == json({{"profile", "realistic"}}));
  const json rows = {{"base", "realistic"}, {"scale", 0.5}};
  const Lifecycle own = Lifecycle::of(rows);
  CHECK(own.next("Instance", "web", "pending")->after == 8950);
  CHECK(own.description() == rows);
  CHECK(Lifecycle::load("fast").description() == json({{"profile", "fast"}}));
}

TEST_CASE("Lifecycle: of refuses the path of a file, so that clients cannot read files") {
  const Folder folder;
  const std::string path = folder / "mine.json";
  std::ofstream(path) << "{}";
  CHECK_NOTHROW(Lifecycle::load(path));
  const std::string refused = "lifecycle: There is no profile \"" + path + "\".";
  for (const char* member : {"profile", "base"}) {
    CHECK_THROWS_WITH_AS(Lifecycle::of({{member, path}}), refused.c_str(), std::invalid_argument);
  }
  CHECK_THROWS_WITH_AS(Lifecycle::of({{"profile", "fast"}, {"scale", 2}}),
                       "lifecycle: Unknown member \"scale\".", std::invalid_argument);
  for (const json& none : {json(), json("fast"), json::array(), json({{"profile", 7}})}) {
    CHECK_THROWS_AS(Lifecycle::of(none), std::invalid_argument);
  }
}

TEST_CASE("Lifecycle: refuses times below zero or above 100 years") {
  const std::string rule = " must be at least 0.0 and at most 3153600000.0.";
  for (const double after : {-1.0, -0.001, 1e10, 1e300}) {
    CHECK(refusal_of_rows({row("a", "b", after)}) == "lifecycle: \"transitions[0].after\"" + rule);
    CHECK(refusal({{"delays", {{"a", after}}}}) == "lifecycle: \"delays.a\"" + rule);
  }
  CHECK(refusal({{"base", "realistic"}, {"scale", -1}}) == "lifecycle: \"scale\"" + rule);
  CHECK(refusal({{"base", "realistic"}, {"scale", 1e300}}) == "lifecycle: \"scale\"" + rule);
  CHECK(refusal({{"base", "realistic"}, {"scale", 1e9}}) ==
        "lifecycle: \"scale\" makes a time longer than 100 years.");
}

TEST_CASE("Lifecycle: refuses rows that can form a loop in which none takes a second") {
  CHECK(refusal_of_rows({row("a", "a", 0)}) != "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "a", 0)}) ==
        "lifecycle: The transitions of Disk form a loop at \"a\" without a delay of 1 s: one of "
        "them must take at least 1 s.");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "c", 0), row("c", "b", 0)}) != "");
  CHECK(refusal_of_rows({row("a", "b", 0.5), row("b", "a", 0.5)}) != "");
  // The globs differ, but the name "web1" matches both.
  CHECK(refusal_of_rows({named("web*", row("a", "b", 0)), named("*1", row("b", "a", 0))}) != "");
  CHECK(
      refusal({{"base", "instant"},
               {"transitions",
                {{{"type", "Instance"}, {"from", "running"}, {"to", "pending"}, {"after", 0}}}}}) !=
      "");
}

TEST_CASE("Lifecycle: accepts loops with a delay of a second, and chains that end") {
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "a", 1)}) == "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", "a", 0.999)}) != "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("b", nullptr, 0)}) == "");
  CHECK(refusal_of_rows({row("a", "b", 0), row("c", "a", 0)}) == "");
  // The first row with a glob replaces later ones with the same glob.
  CHECK(refusal_of_rows({row("a", "b", 1), row("a", "b", 0), row("b", "a", 0)}) == "");
  const json other = {{"type", "Domain"}, {"from", "b"}, {"to", "a"}};
  CHECK(refusal_of_rows({row("a", "b", 0), other}) == "");
}

TEST_CASE("Lifecycle: checks a chain of a thousand rows for loops") {
  std::vector<json> rows;
  for (int i = 0; i < 999; ++i)
    rows.push_back(row(std::to_string(i).c_str(), std::to_string(i + 1), 0));
  CHECK(refusal_of_rows(rows) == "");
  rows.push_back(row("999", "0", 0));
  CHECK(refusal_of_rows(rows).ends_with(
      "form a loop at \"0\" without a delay of 1 s: one of them must take at least 1 s."));
}

TEST_CASE("Lifecycle: refuses a profile that is its own base") {
  const Folder folder;
  const std::string path = folder / "loop.json";
  std::ofstream(path) << json({{"base", path}});
  CHECK_THROWS_WITH_AS(Lifecycle::load(path),
                       "lifecycle: The profile has more than 10 bases, or a loop of bases.",
                       std::invalid_argument);
}

}  // namespace papersail
