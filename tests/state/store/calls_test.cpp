// Commit and rollback of calls.
#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/support/folder.hpp"
#include "tests/support/stored_disks.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Disks, "Store: roll_back restores the last commit, including ids and due times") {
  const Resource kept = create("kept", "pending", 0);
  store.ids().uuid();
  store.commit();
  const auto attempt = [&] {
    std::string seen;
    store.settle(6000);
    create("new", "pending", 6000);
    Resource changed = store.get(region, "Disk", "kept");
    changed.doc["note"] = "changed";
    store.put(changed, 6000);
    store.schedule().add_change(changed, 6001, {{"turn", 1}}, json::object());
    const std::string uuid = store.ids().uuid();
    store.operations().add(operation_on("kept", uuid, 6000, 6000));
    for (const Resource& each : store.all(region, "Disk")) seen += each.doc.text();
    return seen + uuid + serialize(store.operations().find(region, uuid, 6000));
  };
  const std::string first = attempt();
  store.roll_back();
  CHECK(state("kept") == "pending");
  CHECK_FALSE(store.has(region, "new"));
  CHECK(store.operations().list(region, "", 6000).elements.empty());
  CHECK(attempt() == first);
  store.roll_back();
  store.settle(6001);
  CHECK_FALSE(store.get(region, "Disk", "kept").doc.contains("turn"));
  store.remove(kept);
  store.roll_back();
  CHECK(store.has(region, "kept"));
}

TEST_CASE_FIXTURE(Disks,
                  "Store: rollback_call rolls back only that call, including ids and due times") {
  for (const bool first_of_its_transaction : {true, false}) {
    const std::string name = first_of_its_transaction ? "first" : "second";
    if (!first_of_its_transaction) create("kept", "pending", 0);
    store.end_call();
    const std::string uuid = store.ids().uuid();
    create(name, "pending", 0);
    store.settle(6000);
    store.rollback_call();
    CHECK_FALSE(store.has(region, name));
    CHECK(store.ids().uuid() == uuid);
  }
  store.commit();
  CHECK(state("kept") == "pending");
  store.settle(6000);
  CHECK(state("kept") == "creating");
}

TEST_CASE_FIXTURE(Disks, "Store: a call sees its own writes in every query") {
  create("kept", "available", 0);
  store.end_call();
  Resource data = create("data", "available", 0);
  CHECK(store.count(region, "Disk", 10) == 2);
  data.doc["turn"] = 1;
  store.put(data, 0);
  CHECK(store.get(region, "Disk", "data").doc.at("turn") == 1);
  store.schedule().add_change(data, 10, {{"turn", 2}}, json::object());
  store.remove(data);
  CHECK_FALSE(store.has(region, "data"));
  create("data", "creating", 0);
  CHECK(state("data") == "creating");
  store.rollback_call();
  CHECK(store.count(region, "Disk", 10) == 1);
  CHECK(store.has(region, "kept"));
}

TEST_CASE_FIXTURE(Disks, "Store: end_call rolls back the whole transaction when a write fails") {
  create("before", "available", 0);
  store.end_call();
  fail_to_keep();
  CHECK(store.has_uncommitted());
  CHECK_THROWS_AS(store.commit(),
                  std::runtime_error);  // otherwise "before" would be reported as committed
  store.roll_back();
  CHECK_FALSE(store.has(region, "before"));
  create("after", "available", 0);
  CHECK_NOTHROW(store.commit());
}

TEST_CASE_FIXTURE(
    Disks, "Store: end_call keeps earlier commits when the first call of a transaction fails") {
  create("before", "available", 0);
  store.commit();
  fail_to_keep();
  create("after", "available", 0);
  store.end_call();
  CHECK_NOTHROW(store.commit());
  CHECK(store.has(region, "before"));
  CHECK(store.has(region, "after"));
  CHECK(store.operations().find(region, "one", 0).is_null());
}

TEST_CASE("Store: settle keeps and reports the transitions before one that fails") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain);
  const std::string path = folder / "a.sqlite";
  {
    Store store(path, lifecycle, 1);
    Resource data = disk("data", "pending");
    store.create(data, 0);
    store.schedule().add_change(data, 9000, {{"turn", 1}}, json::object());
    store.commit();
  }
  Database(path).execute("UPDATE changes SET doc_patch = 'no JSON'");
  Store store(path, lifecycle, 1);
  Changes changes;
  const Watch watch(store, changes);
  Resource other = disk("other");
  store.create(other, 0);
  store.end_call();
  CHECK_THROWS(store.settle(10'000));
  store.rollback_call();
  CHECK(status_of(store.get(region, "Disk", "data")) == "creating");
  REQUIRE(changes.list().size() == 2);
  CHECK(changes.list()[1].to == "creating");
}

TEST_CASE("Store: checkpoint_wal truncates a long WAL, but not a short one") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain);
  const std::string path = folder / "a.sqlite";
  Store store(path, lifecycle, 1);
  const auto commit = [&](const std::string& name, std::size_t size) {
    Resource data = disk(name);
    data.doc["text"] = std::string(size, 'x');
    store.create(data, 0);
    store.commit();
  };
  const auto log_size = [&] { return std::filesystem::file_size(path + "-wal"); };
  commit("short", 1000);
  CHECK_FALSE(store.checkpoint_wal());
  commit("long", 5 << 20);
  Resource uncommitted = disk("uncommitted");
  store.create(uncommitted, 0);
  store.end_call();
  CHECK_FALSE(store.checkpoint_wal());
  CHECK(log_size() > 5 << 20);
  store.commit();
  CHECK(store.take_wal_written());
  CHECK_FALSE(store.take_wal_written());
  CHECK(store.checkpoint_wal());
  CHECK(log_size() == 0);
  CHECK_FALSE(store.checkpoint_wal());
  CHECK(store.has(region, "uncommitted"));
}

}  // namespace papersail
