#include "state/store/checkpoints.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/folder.hpp"

namespace papersail {

TEST_CASE("Checkpoints: keeps copies by account and name, in memory and in files") {
  const Folder folder;
  for (const std::string& where : {std::string(), folder / "checkpoints"}) {
    Checkpoints checkpoints(where);
    CHECK(checkpoints.names("1").empty());
    CHECK_FALSE(checkpoints.find("1", "a"));
    const std::string bytes("a\0b\n\xff", 5);
    checkpoints.keep("1", "b", bytes);
    checkpoints.keep("1", "a.b", "one");
    checkpoints.keep("1", "a.b", "two");
    checkpoints.keep("2", "c", "");
    CHECK(checkpoints.names("1") == std::vector<std::string>{"a.b", "b"});
    CHECK(checkpoints.find("1", "b") == bytes);
    CHECK(checkpoints.find("1", "a.b") == "two");
    CHECK(checkpoints.find("2", "c") == "");
    CHECK_FALSE(checkpoints.find("2", "b"));
    CHECK(checkpoints.remove("1", "b"));
    CHECK_FALSE(checkpoints.remove("1", "b"));
    CHECK_FALSE(checkpoints.remove("3", "b"));
    CHECK(checkpoints.names("1") == std::vector<std::string>{"a.b"});
  }
  CHECK(Checkpoints(folder / "checkpoints").find("1", "a.b") == "two");
}

TEST_CASE("Checkpoints: ignores a file that a killed process left incomplete") {
  const Folder folder;
  Checkpoints checkpoints(folder.path());
  checkpoints.keep("1", "a", "whole");
  std::ofstream(folder / "1/a.sqlite.part") << "hal";
  std::ofstream(folder / "1/b.sqlite.part") << "hal";
  CHECK(checkpoints.names("1") == std::vector<std::string>{"a"});
  CHECK(checkpoints.find("1", "a") == "whole");
  CHECK_FALSE(checkpoints.find("1", "b"));
}

TEST_CASE("Checkpoints: keep throws an error that names the file when it cannot be written") {
  const Folder folder;
  std::filesystem::create_directories(folder / "1/a.sqlite.part");
  Checkpoints checkpoints(folder.path());
  const std::string refused = "cannot write " + (folder / "1/a.sqlite.part");
  CHECK_THROWS_WITH_AS(checkpoints.keep("1", "a", "x"), refused.c_str(), std::runtime_error);
}

TEST_CASE("restore: restores the copied state, and changes nothing when the copy is invalid") {
  const Folder folder;
  Accounts accounts({folder / "data", Lifecycle::load("realistic"), Clock::starting_at(0), 1});
  Account& account = accounts["000000000000"];
  Resource disk{0, "us-east-1", "Disk", "a", {{"name", "a"}, {"state", "available"}}, {}};
  disk.internal = json::object();
  account.store.create(disk, 0);
  const std::string copy = copy_of(account);
  CHECK(facts_of(copy).resources == 1);
  CHECK(facts_of(copy).clock.now() == 0);
  account.store.remove(disk);
  account.store.commit();
  CHECK_THROWS_AS(restore(account, copy.substr(0, 50)), std::runtime_error);
  CHECK_THROWS_AS(restore(account, std::string(copy.size(), 'x')), std::runtime_error);
  CHECK_FALSE(account.store.has("us-east-1", "a"));
  restore(account, copy);
  CHECK(account.store.has("us-east-1", "a"));
}

}  // namespace papersail
