#include "text/json.hpp"

#include <doctest/doctest.h>

#include "text/time.hpp"

namespace papersail {

TEST_CASE("write: copies ready texts unchanged, at any depth") {
  const json doc = raw_json(R"({"b": 1.50})");
  CHECK(serialize(doc) == R"({"b": 1.50})");
  CHECK(serialize(json::array({doc, 1, doc})) == R"([{"b": 1.50},1,{"b": 1.50}])");
  json nested = {{"list", json::array({doc})}, {"one", doc}, {"plain", true}};
  CHECK(serialize(nested) == R"({"list":[{"b": 1.50}],"one":{"b": 1.50},"plain":true})");
  CHECK(parse_all(nested) == json::parse(serialize(nested)));
}

TEST_CASE("write: serializes other values as JSON, with escapes") {
  for (const char* text : {"{}", "[]", "[[],[[]],{}]", R"({"":{"a":[]}})", R"("[")",
                           R"({"a":"{","b":"["})", "null", "-0.5", "18446744073709551615",
                           R"({"\"\\":"\u0000\u001f\n"})", "\"äöü 😀\"", "[\"\x7f\"]"}) {
    CAPTURE(text);
    CHECK(serialize(json::parse(text)) == json::parse(text).dump());
  }
}

TEST_CASE("write: throws type_error for invalid UTF-8 in values and keys") {
  CHECK_THROWS_AS(serialize(json("\xff")), json::type_error);
  CHECK_THROWS_AS(serialize(json({{"a\xc3", 1}})), json::type_error);
}

TEST_CASE("json: throws when a const object lacks the member") {
  const json empty = json::object();
  CHECK_THROWS_AS(static_cast<void>(empty["a"]), std::logic_error);
}

TEST_CASE("merge: sets members and keeps the others") {
  json object = {{"a", 1}, {"b", {{"c", 2}}}};
  merge(object, {{"b", 3}, {"d", 4}});
  CHECK(object == json({{"a", 1}, {"b", 3}, {"d", 4}}));
  merge(object, json::object());
  CHECK(object.size() == 3);
}

TEST_CASE("timestamp: returns seconds with milliseconds, which moment_of parses") {
  for (const Millis moment : {Millis{0}, Millis{1}, Millis{1767225600000}, Millis{1767225600123},
                              Millis{253402300799999}}) {
    const json stamp = timestamp(moment);
    CHECK(stamp.is_number());
    CHECK(moment_of(json::parse(stamp.dump())) == moment);
  }
  CHECK(timestamp(1767225600123).dump() == "1767225600.123");
  CHECK(moment_of(json(1767225600)) == 1767225600000);
}

TEST_CASE("contains: true if an element equals the value") {
  const json list = {"a", 1, nullptr};
  CHECK(contains(list, "a"));
  CHECK(contains(list, 1));
  CHECK(contains(list, nullptr));
  CHECK_FALSE(contains(list, "b"));
  CHECK_FALSE(contains(json::array(), "a"));
}

}  // namespace papersail
