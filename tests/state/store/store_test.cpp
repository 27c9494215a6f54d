#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <stdexcept>

#include "state/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/stored_disks.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Disks,
                  "Store: create refuses a name that a resource of any type in the region has") {
  create("data", "available", 0);
  Resource instance{0, region, "Instance", "data", json::object(), json::object()};
  CHECK_THROWS_WITH_AS(store.create(instance, 0), "Some names are already in use: data", ApiError);
  Resource elsewhere = disk("data", "available", "eu-west-1");
  CHECK_NOTHROW(store.create(elsewhere, 0));
  CHECK(store.has(region, "data"));
  CHECK_FALSE(store.has(region, "Data"));
  CHECK_FALSE(store.has("eu-west-2", "data"));
}

TEST_CASE_FIXTURE(Disks,
                  "Store: get throws not_found, with the type, for another type, region or name") {
  create("data", "available", 0);
  CHECK(store.get(region, "Disk", "data").doc.at("name") == "data");
  CHECK_THROWS_WITH_AS(store.get(region, "Instance", "data"), "The Instance does not exist: data",
                       ApiError);
  CHECK_THROWS_AS(store.get("eu-west-1", "Disk", "data"), ApiError);
  CHECK_FALSE(store.document(region, "Instance", "data"));
  CHECK(store.document(region, "Disk", "data").value().at("state") == "available");
}

TEST_CASE_FIXTURE(
    Disks,
    "Store: settle applies a chain of transitions at exact times, however late it is called") {
  create("a", "pending", 1000);
  store.settle(5999);
  CHECK(state("a") == "pending");
  store.settle(6000);
  CHECK(state("a") == "creating");
  create("b", "pending", 1000);
  store.settle(15'999);  // "b" entered creating at 6000, not now
  CHECK(state("b") == "creating");
  store.settle(16'000);
  CHECK(state("a") == "available");
  CHECK(state("b") == "available");
  CHECK(store.get(region, "Disk", "a").doc.at("path") == "/dev/x");
}

TEST_CASE_FIXTURE(Disks, "Store: count and sum see one type of one region") {
  CHECK(store.sum(region, "Disk", "$.sizeInGb") == 0);
  for (const char* name : {"a", "b", "c"}) {
    Resource data = disk(name);
    data.doc["sizeInGb"] = 16'000;
    store.create(data, 0);
  }
  create("without-size", "available", 0);
  Resource elsewhere = disk("d", "available", "eu-west-1");
  elsewhere.doc["sizeInGb"] = 8;
  store.create(elsewhere, 0);
  CHECK(store.sum(region, "Disk", "$.sizeInGb") == 48'000);
  CHECK(store.sum(region, "Instance", "$.sizeInGb") == 0);
  CHECK(store.count(region, "Disk", 10) == 4);
  CHECK(store.count(region, "Disk", 2) == 2);
  CHECK(store.count("eu-west-1", "Disk", 10) == 1);
}

TEST_CASE_FIXTURE(Disks, "Store: settle stops at its limit and returns the next due time") {
  const Resource data = create("data", "pending", 0);
  store.schedule().add_change(data, 5000, {{"size", 1}}, json::object());
  CHECK(store.settle(20'000, 1) == 5000);  // the change is due at the same time as the transition
  CHECK(state("data") == "creating");
  CHECK_FALSE(store.get(region, "Disk", "data").doc.contains("size"));
  CHECK(store.settle(20'000, 1) == 15'000);
  CHECK(store.get(region, "Disk", "data").doc.at("size") == 1);
  CHECK(store.settle(14'999, 0) == std::nullopt);
  CHECK(store.settle(20'000, 1) == std::nullopt);
  CHECK(state("data") == "available");
}

TEST_CASE_FIXTURE(
    Disks, "Store: settle deletes a resource without a next state, and its scheduled changes") {
  const Resource data = create("data", "deleting", 0);
  store.schedule().add_change(data, 10'000, {{"state", "pending"}}, json::object());
  store.settle(2999);
  CHECK(store.has(region, "data"));
  store.settle(3000);
  CHECK_FALSE(store.has(region, "data"));
  create("data", "available", 3000);
  store.settle(60'000);
  CHECK(state("data") == "available");
}

TEST_CASE_FIXTURE(Disks,
                  "Store: settle gives the same result in one long step as in many short ones") {
  Disks stepwise;
  for (Disks* disks : {static_cast<Disks*>(this), &stepwise}) {
    Ids ids(3, 0);
    const char* const states[] = {"pending", "creating", "deleting", "odd", "available"};
    for (int i = 0; i < 60; ++i) {
      const auto begun = static_cast<Millis>(ids.next() % 9000);
      const Resource made =
          disks->create("disk-" + std::to_string(i), states[ids.next() % 5], begun);
      const auto due = begun + static_cast<Millis>(ids.next() % 20'000);
      const json patch = {{"state", states[ids.next() % 5]}, {"turn", i}};
      disks->store.schedule().add_change(made, due, patch, {{"turn", i}});
    }
  }
  store.settle(60'000);
  for (Millis now = 0; now <= 60'000; now += 7) stepwise.store.settle(now);
  const auto expected = stepwise.store.all(region, "Disk");
  const auto found = store.all(region, "Disk");
  CHECK(found.size() > 20);
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].doc == expected[i].doc);
    CHECK(found[i].internal == expected[i].internal);
  }
}

TEST_CASE_FIXTURE(Disks,
                  "Store: change_later applies changes in order of time, then of scheduling") {
  Resource data = create("data", "available", 0);
  store.schedule().add_change(data, 200, {{"turn", 3}}, json::object());
  store.schedule().add_change(data, 100, {{"turn", 1}, {"gone", nullptr}}, {{"password", "new"}});
  store.schedule().add_change(data, 100, {{"turn", 2}}, json::object());
  data.doc["gone"] = true;
  store.put(data, 0);
  store.settle(99);
  CHECK_FALSE(store.get(region, "Disk", "data").doc.contains("turn"));
  store.settle(100);
  const Resource changed = store.get(region, "Disk", "data");
  CHECK(changed.doc == json({{"name", "data"}, {"state", "available"}, {"turn", 2}}));
  CHECK(changed.internal == json({{"password", "new"}}));
  store.settle(200);
  CHECK(store.get(region, "Disk", "data").doc.at("turn") == 3);
}

TEST_CASE_FIXTURE(Disks,
                  "Store: change_later starts the lifecycle of a changed state at the change") {
  const Resource data = create("data", "available", 0);
  store.schedule().add_change(data, 1000, {{"state", "pending"}}, json::object());
  store.settle(5999);
  CHECK(state("data") == "pending");
  store.settle(6000);
  CHECK(state("data") == "creating");
  store.settle(16'000);
  CHECK(state("data") == "available");
}

TEST_CASE_FIXTURE(Disks, "Store: drop_changes deletes the scheduled changes of one resource only") {
  const Resource one = create("one", "available", 0), two = create("two", "available", 0);
  for (const Resource& each : {one, two}) {
    store.schedule().add_change(each, 10, {{"turn", 1}}, json::object());
  }
  store.schedule().drop_changes(one);
  store.settle(10);
  CHECK_FALSE(store.get(region, "Disk", "one").doc.contains("turn"));
  CHECK(store.get(region, "Disk", "two").doc.contains("turn"));
}

TEST_CASE_FIXTURE(
    Disks, "Store: put keeps the due time of an unchanged state, and restarts a changed one") {
  Resource data = create("data", "pending", 0);
  data.doc["note"] = "changed";
  store.put(data, 4000);
  store.settle(5000);
  CHECK(state("data") == "creating");
  data = store.get(region, "Disk", "data");
  data.doc["state"] = "pending";
  store.put(data, 5000);
  store.settle(9999);
  CHECK(state("data") == "pending");
  store.settle(10'000);
  CHECK(state("data") == "creating");
  data = store.get(region, "Disk", "data");
  data.doc["state"] = "available";  // nothing is due any more
  store.put(data, 10'000);
  store.settle(100'000);
  CHECK_FALSE(store.get(region, "Disk", "data").doc.contains("path"));
}

TEST_CASE_FIXTURE(Disks, "Store: add stores an operation that is Started until its end") {
  Operation operation = operation_on("data", "one", 1000, 3000);
  operation.error_code = "Oops";
  operation.error_details = "it broke";
  store.operations().add(operation);
  const json running = parse_all(store.operations().find(region, "one", 2999));
  CHECK(running == json::parse(to_json(operation, 2999)));
  CHECK(running.at("status") == "Started");
  const json failed = parse_all(store.operations().find(region, "one", 3000));
  CHECK(failed == json::parse(to_json(operation, 9'000'000)));
  CHECK(failed.at("errorDetails") == "it broke");
  CHECK(store.operations().find(region, "three", 0).is_null());
  CHECK(store.operations().find("eu-west-1", "one", 0).is_null());
}

TEST_CASE_FIXTURE(Disks,
                  "Store: create assigns the same ids in a copy after rollbacks and deletions") {
  create("kept", "available", 0);
  store.end_call();
  create("undone", "available", 0);
  store.count(region, "Disk", 10);
  store.rollback_call();
  store.remove(create("removed", "available", 0));
  Disks other;
  Database copy = store.copy();
  other.store.replace_by(copy);
  CHECK(create("next", "available", 0).id == other.create("next", "available", 0).id);
}

TEST_CASE("Store: keeps committed data, transitions and scheduled changes over a restart") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain);
  std::set<std::string> ids;
  {
    Store store(folder / "a.sqlite", lifecycle, 1);
    Resource data = disk("data", "pending");
    data.internal["password"] = "secret";
    store.create(data, 0);
    store.schedule().add_change(data, 20'000, {{"turn", 1}}, json::object());
    ids.insert(store.ids().uuid());
    store.operations().add(operation_on("data", "one", 0, 15'000));
    store.commit();
    Resource lost = disk("lost");
    store.create(lost, 0);  // not committed, as if the process was killed here
  }
  for (int start = 0; start < 3; ++start) {
    Store store(folder / "a.sqlite", lifecycle, 99);  // the seed in the file applies
    for (int i = 0; i < 5000; ++i) CHECK(ids.insert(store.ids().uuid()).second);
    store.commit();
    CHECK(store.ids().constant("x") == Ids(1, 0).constant("x"));
  }
  Store store(folder / "a.sqlite", lifecycle, 1);
  CHECK_FALSE(store.has(region, "lost"));
  CHECK(store.get(region, "Disk", "data").internal.at("password") == "secret");
  CHECK(parse_all(store.operations().find(region, "one", 14'999)).at("status") == "Started");
  store.settle(14'999);
  CHECK(status_of(store.get(region, "Disk", "data")) == "creating");
  store.settle(20'000);
  CHECK(status_of(store.get(region, "Disk", "data")) == "available");
  CHECK(store.get(region, "Disk", "data").doc.at("turn") == 1);
}

TEST_CASE("Store: a resource keeps its state when a new lifecycle has no transition for it") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain), empty = rows(json::array());
  {
    Store store(folder / "a.sqlite", lifecycle, 1);
    Resource data = disk("data", "pending");
    store.create(data, 0);
    store.commit();
  }
  {
    Store store(folder / "a.sqlite", empty, 1);
    store.settle(1'000'000);
    CHECK(status_of(store.get(region, "Disk", "data")) == "pending");
    store.commit();
  }
}

TEST_CASE("Store: refuses a file of a newer format with a message") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain);
  const std::string path = folder / "a.sqlite";
  { const Store store(path, lifecycle, 1); }
  Database(path).execute("PRAGMA user_version = 99");
  const std::string refused = "cannot open " + path +
                              ": it was written by a newer papersail (format 99; "
                              "this version supports up to 3)";
  CHECK_THROWS_WITH_AS(Store(path, lifecycle, 1), refused.c_str(), std::runtime_error);
}

TEST_CASE("Store: refuses a file that another store has open, and opens it afterwards") {
  const Folder folder;
  const Lifecycle lifecycle = rows(chain);
  const std::string path = folder / "a.sqlite";
  {
    Store first(path, lifecycle, 1);
    const std::string refused =
        "cannot open " + path + ": the database is in use by another process";
    CHECK_THROWS_WITH_AS(Store(path, lifecycle, 1), refused.c_str(), std::runtime_error);
    Resource data = disk("data");
    first.create(data, 0);
    first.commit();
  }
  Store second(path, lifecycle, 1);
  CHECK(second.has(region, "data"));
}

TEST_CASE("Store: refuses a file that is not a database with a message") {
  const Lifecycle lifecycle = rows(chain);
  CHECK_THROWS_WITH_AS(Store("/no/such/folder/a.sqlite", lifecycle, 1),
                       "cannot open /no/such/folder/a.sqlite: sqlite: unable to open database file",
                       std::runtime_error);
  const Folder folder;
  const std::string path = folder / "a.sqlite";
  std::ofstream(path) << std::string(10'000, 'x');
  const std::string refused = "cannot open " + path + ": sqlite: file is not a database";
  CHECK_THROWS_WITH_AS(Store(path, lifecycle, 1), refused.c_str(), std::runtime_error);
}

}  // namespace papersail
