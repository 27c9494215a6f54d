#include "state/store/merge_patch.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

json merged(const json& document, const json& patch) {
  return json::parse(merge_patched(write(document), patch));
}

}  // namespace

TEST_CASE("merge_patched: passes the examples of RFC 7396 whose documents are objects") {
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
    CHECK(merged(json::parse(document), json::parse(patch)) == json::parse(result));
  }
}

TEST_CASE("merge_patched: finds a key with escapes") {
  const json patch = {{"a\"b", 1}, {"c\\", {{"d\n", 2}}}};
  const std::string once = merge_patched("{}", patch);
  CHECK(merge_patched(once, patch) == once);
  CHECK(merge_patched(once, {{"a\"b", nullptr}, {"c\\", nullptr}}) == "{}");
}

TEST_CASE("merge_patched: agrees with nlohmann on documents that are hard to parse") {
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
    CHECK(merged(document, patch) == expected);
  }
}

}  // namespace papersail
