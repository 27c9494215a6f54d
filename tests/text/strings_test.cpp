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

}  // namespace papersail
