#include "text/document.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace papersail {
namespace {

std::string merged(const std::string& text, const json& patch) {
  Document document = Document::of(text);
  document.merge_patch(patch);
  return document.text();
}

}  // namespace

TEST_CASE("Document: merge_patch passes the examples of RFC 7396 whose documents are objects") {
  const char* cases[][3] = {
      {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
      {R"({"a":"b"})", R"({"a":null})", "{}"},
      {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
      {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
      {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
      {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
      {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
      {"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
  };
  for (const auto& [document, patch, result] : cases) {
    const std::string text = document;
    INFO(text);
    CHECK(merged(document, json::parse(patch)) == json::parse(result).dump());
  }
}

TEST_CASE("Document: finds a key with escapes") {
  const json patch = {{"a\"b", 1}, {"c\\", {{"d\n", 2}}}};
  const std::string once = merged("{}", patch);
  CHECK(once == patch.dump());
  CHECK(merged(once, patch) == once);
  CHECK(Document::of(once).at(std::string_view("a\"b")) == 1);
  CHECK(merged(once, {{"a\"b", nullptr}, {"c\\", nullptr}}) == "{}");
}

TEST_CASE("Document: merge_patch agrees with nlohmann on documents that are hard to parse") {
  const json document = {{"text", "a \"quoted\" \\ brace } and ] , comma"},
                         {"deep", {{"list", {1, {{"x", "}"}}, json::array()}}, {"n", -1.5e10}}},
                         {"empty", json::object()},
                         {"ünïcode", "snow ☃"},
                         {"back\\slash\"key", true},
                         {"last", nullptr}};
  const json patches[] = {{{"text", "new"}},
                          {{"deep", {{"list", nullptr}}}},
                          {{"deep", {{"m", {{"o", 1}}}}}, {"last", nullptr}},
                          {{"empty", {{"a", 1}}}, {"added", {{"b", nullptr}}}},
                          {{"text", {{"was", "text"}}}},
                          json::object()};
  for (const json& patch : patches) {
    json expected = document;
    expected.merge_patch(patch);
    CHECK(merged(document.dump(), patch) == expected.dump());
  }
}

TEST_CASE("Document: returns the text that it was made of") {
  const std::string text = R"({"b":1.50,"a":{"c":[ ]}})";
  const Document document = Document::of(text);
  CHECK(document.at("b") == 1.5);
  CHECK(document.at("a").at("c").empty());
  CHECK(document.text() == text);
  CHECK(document.raw() == raw_json(text));
}

TEST_CASE("Document: copies the text of the members that do not change") {
  Document document = Document::of(R"({"a":1.50,"b":2,"d":[1, 2]})");
  document["b"] = 3;
  document.set("c", "new");
  CHECK(document.text() == R"({"a":1.50,"b":3,"c":"new","d":[1, 2]})");
  document.erase("d");
  document.erase("e");
  CHECK(document.text() == R"({"a":1.50,"b":3,"c":"new"})");
}

TEST_CASE("Document: orders its members by key") {
  Document document;
  CHECK(document.text() == "{}");
  for (const char* key : {"m", "z", "a", "k"}) document.set(key, key);
  CHECK(document.text() == R"({"a":"a","k":"k","m":"m","z":"z"})");
}

TEST_CASE("Document: set takes strings, numbers, booleans, JSON and documents") {
  Document inner;
  inner.set("n", std::int64_t{-1} << 40);
  Document document;
  document.set("string", std::string("a\"b"));
  document.set("boolean", true);
  document.set("json", json({{"x", nullptr}}));
  document.set("raw", raw_json("[1.0]"));
  document.set("inner", inner);
  document.set("double", 0.5);
  CHECK(document.text() ==
        R"({"boolean":true,"double":0.5,"inner":{"n":-1099511627776},"json":{"x":null},)"
        R"("raw":[1.0],"string":"a\"b"})");
  document.set("inner", 7);
  CHECK(document.at("inner") == 7);
}

TEST_CASE("Document: keeps a reference to a member while others are added") {
  Document document = {{"first", json::array({1})}};
  json& first = document["first"];
  for (int i = 0; i < 100; ++i) document["added " + std::to_string(i)] = document.at("first");
  first.push_back(2);
  CHECK(document.parsed().at("first") == json({1, 2}));
  CHECK(document.at("added 99") == json({1}));
}

TEST_CASE("Document: a copy does not share members") {
  Document document = {{"a", 1}};
  document["b"] = 2;
  Document copy = document;
  copy["a"] = 3;
  CHECK(document.text() == R"({"a":1,"b":2})");
  CHECK(copy.text() == R"({"a":3,"b":2})");
  CHECK(copy != document);
}

TEST_CASE("Document: refuses to return a member that it does not have") {
  const Document document = {{"a", 1}};
  CHECK_THROWS_AS(document.at("b"), std::out_of_range);
  CHECK_THROWS_AS(document.object_at("b"), std::out_of_range);
  CHECK(document.find("b") == nullptr);
  CHECK(document.value("b", "none") == "none");
  CHECK(document.value("a", 5) == 1);
  CHECK_THROWS_AS(document.value("a", "none"), json::type_error);
}

TEST_CASE("Document: counts the elements of a list") {
  const std::pair<const char*, std::size_t> cases[] = {
      {"[]", 0}, {"[1]", 1}, {R"(["]",",",{"a":[1,2]},[]])", 4}};
  for (const auto& [list, count] : cases) {
    Document document = Document::of(std::string(R"({"list":)") + list + "}");
    CHECK(document.count_at("list") == count);
    document["list"].push_back(1);
    CHECK(document.count_at("list") == count + 1);
  }
}

TEST_CASE("Document: returns the elements of a list, which can be set again") {
  Document document = Document::of(R"({"list":[{"a":1.50},{"b":[2]}],"none":[]})");
  std::vector<Document> elements = document.elements_at("list");
  REQUIRE(elements.size() == 2);
  CHECK(elements[1].at("b") == json({2}));
  elements.pop_back();
  elements[0].set("c", true);
  document.set("list", raw_list(elements));
  CHECK(document.text() == R"({"list":[{"a":1.50,"c":true}],"none":[]})");
  CHECK(document.elements_at("none").empty());
  document["list"].push_back({{"d", 4}});
  CHECK(document.elements_at("list").back().at("d") == 4);
  CHECK_THROWS_AS(document.elements_at("missing"), std::out_of_range);
}

TEST_CASE("Document: throws for a text that ends early") {
  for (const char* text : {R"({"a)", R"({"a":)", R"({"a":[1)", R"({"a":"b)", R"({"a":{"b":1})"}) {
    INFO(text);
    CHECK_THROWS_AS(Document::of(text).at("a"), std::exception);
  }
}

}  // namespace papersail
