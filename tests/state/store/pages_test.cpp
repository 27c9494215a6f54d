// Pages of lists while elements are created and deleted.
#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "state/error.hpp"
#include "state/store/store.hpp"

namespace papersail {
namespace {

constexpr const char* region = "us-east-1";

struct Many {
  Lifecycle lifecycle = Lifecycle::load("instant");
  Store store{"", lifecycle, 1};
  int made = 0;

  void create(int count, const std::string& where = region) {
    for (int i = 0; i < count; ++i) {
      char name[16];
      std::snprintf(name, sizeof name, "disk-%05d", made++);
      Resource disk{0, where, "Disk", name, {}, json::object()};
      disk.doc = {{"name", name}};
      store.create(disk, 0);
      const std::string id = name + std::string("-op");
      store.operations().add({id, name, where, "", "busy", "Disk", std::nullopt, 0, 1000, "", ""});
    }
  }
  void remove(const std::string& name) { store.remove(*store.find(region, name)); }
};

using List = std::function<Page(std::string_view token)>;

// Returns the names on all pages; calls `meanwhile` after each page but the last.
std::vector<std::string> walk(const List& list, const std::function<void(const Page&)>& meanwhile) {
  std::vector<std::string> out;
  std::string token;
  do {
    const Page page = list(token);
    CHECK(page.elements.size() <= page_size);
    for (const json& element : page.elements) {
      const json plain = parse_all(element);
      out.push_back(
          plain.is_string() ? plain : plain.at(plain.contains("name") ? "name" : "operationType"));
    }
    token = page.next_token;
    if (!token.empty()) meanwhile(page);
  } while (!token.empty());
  return out;
}

void do_nothing(const Page&) {}

void check_each_once(const std::vector<std::string>& names, std::size_t count) {
  CHECK(names.size() == count);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == count);
}

// True if the newest element comes first.
bool is_descending(const std::vector<std::string>& names) {
  return std::is_sorted(names.rbegin(), names.rend());
}

}  // namespace

TEST_CASE_FIXTURE(Many, "Store: lists each element once and in order") {
  create(450);
  create(3, "eu-west-1");
  const auto disks =
      walk([&](auto token) { return store.list(region, "Disk", token); }, do_nothing);
  check_each_once(disks, 450);
  CHECK(is_descending(disks));
  const auto names = walk([&](auto token) { return store.names(region, token); }, do_nothing);
  check_each_once(names, 450);
  CHECK(std::is_sorted(names.begin(), names.end()));
  const auto all =
      walk([&](auto token) { return store.operations().list(region, token, 0); }, do_nothing);
  check_each_once(all, 450);
  CHECK(is_descending(all));
  const auto of_one =
      walk([&](auto token) { return store.operations().list_for(region, "busy", token, 5000); },
           do_nothing);
  CHECK(of_one == all);
}

TEST_CASE_FIXTURE(Many, "Store: list_resources returns the pages of list, with internal states") {
  create(450);
  Resource newest = *store.find(region, "disk-00449");
  newest.internal["secret"] = 7;
  store.put(newest, 0);
  CHECK(store.list_resources(region, "Disk", "").resources.front().internal.at("secret") == 7);
  std::string token;
  std::size_t count = 0;
  do {
    const Page page = store.list(region, "Disk", token);
    const ResourcePage found = store.list_resources(region, "Disk", token);
    REQUIRE(found.resources.size() == page.elements.size());
    for (const Resource& one : found.resources) {
      CHECK(one.doc == parse_all(page.elements[count++ % page_size]));
    }
    CHECK(found.next_token == page.next_token);
    token = page.next_token;
  } while (!token.empty());
  CHECK(count == 450);
}

TEST_CASE_FIXTURE(Many, "Store: returns no token for a full last page") {
  create(page_size);
  CHECK(store.list(region, "Disk", "").next_token == "");
  CHECK(store.names(region, "").next_token == "");
  CHECK(store.operations().list(region, "", 0).next_token == "");
  create(1);
  CHECK(store.list(region, "Disk", "").next_token != "");
  CHECK(store.list(region, "Instance", "").elements.empty());
  CHECK(store.list("eu-west-1", "Disk", "").elements.empty());
}

TEST_CASE_FIXTURE(Many, "Store: list continues correctly while elements are created and deleted") {
  create(600);
  int page_number = 0;
  const auto disks =
      walk([&](auto token) { return store.list(region, "Disk", token); },
           [&](const Page& page) {
             create(50);  // newer than the first page: not listed
             remove(parse_all(page.elements.back()).at("name"));   // the element of the token
             remove(parse_all(page.elements.front()).at("name"));  // listed already
             char name[16];
             std::snprintf(name, sizeof name, "disk-%05d", page_number++);
             remove(name);  // among the oldest: not listed yet
           });
  CHECK(page_number == 2);
  check_each_once(disks, 598);
  CHECK(is_descending(disks));
}

TEST_CASE_FIXTURE(Many, "Store: names keeps its order while names are added and removed") {
  create(450);
  int turn = 0;
  const auto names =
      walk([&](auto token) { return store.names(region, token); },
           [&](const Page& page) {
             remove(page.elements.back());
             Resource before{
                 0, region, "Disk", "a" + std::to_string(turn), json::object(), json::object()};
             Resource after{
                 0, region, "Disk", "z" + std::to_string(turn++), json::object(), json::object()};
             store.create(before, 0);
             store.create(after, 0);
           });
  check_each_once(names, 452);
  CHECK(std::is_sorted(names.begin(), names.end()));
}

TEST_CASE_FIXTURE(Many,
                  "Store: list returns no element twice when ids of deleted elements are reused") {
  create(250);
  const Page first = store.list(region, "Disk", "");
  for (const json& element : first.elements) remove(parse_all(element).at("name"));
  create(250);
  const Page second = store.list(region, "Disk", first.next_token);
  CHECK(second.elements.size() == 50);
  CHECK(parse_all(second.elements.front()).at("name") == "disk-00049");
}

TEST_CASE_FIXTURE(Many, "Store: refuses a token of another list, region or resource") {
  create(201);
  create(201, "eu-west-1");
  const std::string disks = store.list(region, "Disk", "").next_token;
  const std::string names = store.names(region, "").next_token;
  const std::string all = store.operations().list(region, "", 0).next_token;
  const std::string of_one = store.operations().list_for(region, "busy", "", 0).next_token;
  const std::string elsewhere = store.list("eu-west-1", "Disk", "").next_token;
  const auto refuses = [&](const List& list, const std::set<std::string>& tokens) {
    for (const std::string& token : tokens) CHECK_THROWS_AS(list(token), ApiError);
  };
  refuses([&](auto token) { return store.list(region, "Disk", token); },
          {names, all, of_one, elsewhere, "x", disks + "0", disks.substr(1)});
  refuses([&](auto token) { return store.list(region, "Instance", token); }, {disks});
  refuses([&](auto token) { return store.names(region, token); }, {disks, all, of_one});
  refuses([&](auto token) { return store.operations().list(region, token, 0); },
          {disks, names, of_one});
  refuses([&](auto token) { return store.operations().list_for(region, "busy", token, 0); },
          {all, disks});
  refuses([&](auto token) { return store.operations().list_for(region, "idle", token, 0); },
          {of_one});
}

}  // namespace papersail
