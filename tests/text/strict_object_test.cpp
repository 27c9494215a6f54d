#include "text/strict_object.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace papersail {
namespace {

StrictObject members() {
  return StrictObject({{"text", "a"}, {"number", 1.5}, {"count", 2U}, {"null", nullptr}}, "row");
}

// Returns the message of the exception that `read` throws.
std::string error_of(const auto& read) {
  try {
    read();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("StrictObject: returns the members, and nothing for those that are absent") {
  StrictObject all = members();
  CHECK(all.text("text") == "a");
  CHECK(all.number("number", 1.5, 2) == 1.5);
  CHECK(all.count("count", 2) == 2);
  CHECK(*all.any("null") == nullptr);
  CHECK_FALSE(all.text("other"));
  CHECK_FALSE(all.number("other", 0, 1));
  CHECK_FALSE(all.count("other", 0));
  CHECK_FALSE(all.any("other"));
  CHECK_NOTHROW(all.finish());
}

TEST_CASE("StrictObject: refuses a value that is not an object") {
  CHECK(error_of([] { StrictObject{json::array()}; }) == "The body must be a JSON object.");
  CHECK(error_of([] { StrictObject("a", "rows[0]"); }) == "\"rows[0]\" must be a JSON object.");
}

TEST_CASE("StrictObject: refuses a member of a wrong type or beyond its limits") {
  CHECK(error_of([] { members().text("number"); }) == "\"row.number\" must be a string.");
  CHECK(error_of([] { members().number("text", 0, 1); }) == "\"row.text\" must be a number.");
  CHECK(error_of([] { members().number("number", 0, 1); }) ==
        "\"row.number\" must be at least 0.0 and at most 1.0.");
  CHECK(error_of([] { members().count("count", 3); }) ==
        "\"row.count\" must be a whole number of at least 3.");
  CHECK(error_of([] { members().count("number", 0); }) ==
        "\"row.number\" must be a whole number of at least 0.");
}

TEST_CASE("StrictObject: require refuses an object without one of the members") {
  CHECK_NOTHROW(members().require({"text", "null"}));
  CHECK(error_of([] { members().require({"text", "to"}); }) == "\"row.to\" is required.");
}

TEST_CASE("StrictObject: drop_notes removes the members that begin with _") {
  StrictObject all(json{{"_why", "tests"}, {"a", 1}});
  all.drop_notes();
  CHECK_FALSE(all.any("_why"));
  CHECK(*all.any("a") == 1);
  CHECK_NOTHROW(all.finish());
}

TEST_CASE("StrictObject: finish refuses members that have not been read") {
  StrictObject all(json{{"b", 1}, {"a", 1}});
  CHECK(error_of([&] { all.finish(); }) == "Unknown member \"a\".");
  all.any("a");
  CHECK(error_of([&] { all.finish("A row has a."); }) == "Unknown member \"b\". A row has a.");
}

}  // namespace papersail
