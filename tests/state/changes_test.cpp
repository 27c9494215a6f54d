#include "state/changes.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

StateChange change(const std::string& name) {
  StateChange out;
  out.type = "Disk";
  out.name = name;
  out.to = "available";
  return out;
}

}  // namespace

TEST_CASE("Changes: undo removes the changes since the last keep") {
  Changes changes;
  changes.add(change("one"));
  changes.keep();
  changes.add(change("two"));
  CHECK(changes.kept() == 1);
  CHECK(changes.count() == 2);
  changes.undo();
  REQUIRE(changes.list().size() == 1);
  CHECK(changes.list()[0].name == "one");
  CHECK(changes.count() == 1);
}

TEST_CASE("Changes: counts all changes and lists a thousand before and a thousand after keep") {
  Changes changes;
  for (int i = 0; i < 5000; ++i) changes.add(change("time"));
  changes.keep();
  CHECK(changes.list().size() == 1000);
  for (int i = 0; i < 5000; ++i) changes.add(change("handler"));
  CHECK(changes.list().size() == 2000);
  CHECK(changes.list()[changes.kept()].name == "handler");
  CHECK(changes.count() == 10000);
  changes.undo();
  CHECK(changes.list().size() == 1000);
  CHECK(changes.count() == 5000);
}

TEST_CASE("Changes: lists at most ten thousand changes, however often keep is called") {
  Changes changes;
  for (int i = 0; i < 50'000; ++i) {
    changes.add(change("time"));
    changes.keep();
  }
  CHECK(changes.list().size() == 10'000);
  CHECK(changes.count() == 50'000);
}

TEST_CASE("Changes: take moves the changes of another list here and keeps them") {
  Changes others, changes;
  for (int i = 0; i < 1500; ++i) others.add(change("other"));
  changes.take(others);
  CHECK(others.count() == 0);
  CHECK(others.list().empty());
  changes.undo();
  CHECK(changes.count() == 1500);
  CHECK(changes.list().size() == 1000);
}

}  // namespace papersail
