#include "text/strings.hpp"

#include <doctest/doctest.h>

namespace papersail {

TEST_CASE("joined: writes the separator between two words") {
  CHECK(joined({}) == "");
  CHECK(joined({"a"}) == "a");
  CHECK(joined({"a", "", "b"}) == "a, , b");
  CHECK(joined({"", "a"}, ",") == ",a");
}

TEST_CASE("characters_in: counts code points") {
  CHECK(characters_in("") == 0);
  CHECK(characters_in("disk") == 4);
  CHECK(characters_in("é€😀") == 3);
}

TEST_CASE("matches_glob: matches a text to a glob") {
  CHECK(matches_glob("*", "CreateDisk"));
  CHECK(matches_glob("Create*", "CreateDisk"));
  CHECK(matches_glob("*Dis?", "CreateDisk"));
  CHECK(matches_glob("[a-c]reate", "create"));
  CHECK_FALSE(matches_glob("Create", "CreateDisk"));
  CHECK_FALSE(matches_glob("create*", "CreateDisk"));
}

TEST_CASE("shortened: cuts a long text, but no UTF-8 sequence") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "abc...");
  CHECK(shortened("ab\u00fc", 3) == "ab...");
  CHECK(shortened("ab\u00fcd", 4) == "ab\u00fc...");
  CHECK(shortened("\x80\x80\x80", 2) == "...");
}

TEST_CASE("bounded_message: replaces the middle of a message of more than 8 KiB") {
  const std::string longest(8192, 'x');
  CHECK(bounded_message(longest) == longest);
  const std::string cut = bounded_message("No " + longest + " here.");
  CHECK(cut.size() == 500 + 3 + 500);
  CHECK(cut.starts_with("No x"));
  CHECK(cut.ends_with("x here."));
}

TEST_CASE("bounded_message: cuts no UTF-8 sequence") {
  std::string wide;
  for (int i = 0; i < 3000; ++i) wide += "\u20ac";  // three bytes
  for (const char* before : {"", "a", "aa"}) {
    CHECK_NOTHROW(json(bounded_message(before + wide)).dump());
  }
}

}  // namespace papersail
