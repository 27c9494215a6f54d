#include <filesystem>
#include <fstream>

#include "crypto/openssl.hpp"
#include "state/store/checkpoints.hpp"
#include "state/store/sqlite.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

const std::string own = "/_papersail/accounts/000000000000";
const std::string list_path = own + "/checkpoints";
const std::string base = list_path + "/base";

json create(Emulator& emulator, const std::string& name) {
  return emulator.call("CreateInstances", {{"instanceNames", {name}},
                                           {"availabilityZone", "us-east-1a"},
                                           {"blueprintId", "ubuntu_24_04"},
                                           {"bundleId", "nano_3_0"}});
}

// Returns the account's state as a client sees it.
json seen(Emulator& emulator) {
  return {emulator.call("GetInstances"), emulator.call("GetOperations"),
          emulator.control("GET", own + "/clock"), emulator.control("GET", own + "/lifecycle")};
}

void advance_by(Emulator& emulator, double seconds) {
  emulator.control("POST", own + "/clock/advance", {{"seconds", seconds}});
}

// Takes a checkpoint, changes everything, and restores the checkpoint.
void check_round_trip(Emulator& emulator) {
  create(emulator, "web");
  advance_by(emulator, 10);
  emulator.control("PUT", own + "/lifecycle", {{"base", "realistic"}, {"scale", 2}});
  const json before = seen(emulator);
  emulator.control("PUT", base);
  create(emulator, "other");
  emulator.control("PUT", own + "/lifecycle", {{"profile", "instant"}});
  advance_by(emulator, 86'400);
  emulator.call("DeleteInstance", {{"instanceName", "web"}});
  CHECK(seen(emulator) != before);
  emulator.control("POST", base + "/restore");
  CHECK(seen(emulator) == before);
  advance_by(emulator, 7.899);
  const auto state = [&] {
    return emulator.call("GetInstanceState", {{"instanceName", "web"}}).at("state").at("name");
  };
  CHECK(state() == "pending");
  advance_by(emulator, 0.001);
  CHECK(state() == "running");
}

std::size_t rows_in(const std::string& path, Sql sql) {
  Database database(path);
  Query query = database.query(sql);
  query.step();
  return static_cast<std::size_t>(query.integer(0));
}

}  // namespace

TEST_CASE_FIXTURE(Emulator, "POST restore: restores resources, operations, clock and lifecycle") {
  check_round_trip(*this);
}

TEST_CASE("POST restore: works with a data folder and after a restart") {
  const Folder folder;
  json before;
  {
    Emulator emulator("realistic", folder.path());
    check_round_trip(emulator);
    emulator.control("POST", base + "/restore");
    before = seen(emulator);
    create(emulator, "other");
  }
  {
    Emulator emulator("realistic", folder.path());
    CHECK(emulator.control("GET", list_path).at("checkpoints").size() == 1);
    CHECK(seen(emulator) != before);
    emulator.control("POST", base + "/restore");
    CHECK(seen(emulator) == before);
  }
  Emulator emulator("realistic", folder.path());
  CHECK(seen(emulator) == before);
}

TEST_CASE_FIXTURE(Emulator, "POST restore: makes later calls return the same bytes each time") {
  create(*this, "web");
  control("PUT", base);
  const auto run = [&] {
    const json key = call("CreateKeyPair", {{"keyPairName", "key"}});
    return json({create(*this, "second"), key, seen(*this)});
  };
  control("POST", base + "/restore");
  const json first = run();
  for (int i = 0; i < 2; ++i) {
    control("POST", base + "/restore");
    CHECK(run() == first);
  }
}

TEST_CASE_FIXTURE(Emulator, "POST restore: continues a scaled clock from the checkpoint's time") {
  control("PUT", own + "/clock",
          {{"mode", "scaled"}, {"scale", 60}, {"now", "2020-01-01T00:00:00Z"}});
  const json taken = control("PUT", base).at("clock");
  advance_by(*this, 1e6);
  control("POST", base + "/restore");
  const json back = control("GET", own + "/clock");
  CHECK(back.at("scale") == 60);
  CHECK(back.at("epochSeconds") >= taken.at("epochSeconds"));
  CHECK(back.at("epochSeconds") < taken.at("epochSeconds").get<double>() + 1e5);
}

TEST_CASE_FIXTURE(Emulator, "GET checkpoints: lists them by name with their contents") {
  CHECK(control("GET", list_path) == json({{"checkpoints", json::array()}}));
  const json empty = control("PUT", list_path + "/z.empty-1_");
  create(*this, "web");
  advance_by(*this, 1);
  const json taken = control("PUT", base);
  CHECK(taken.at("name") == "base");
  CHECK(taken.at("bytes") > 4096);
  CHECK(taken.at("resources") == control("GET", own).at("resources"));
  CHECK(empty.at("resources") == 0);
  CHECK(taken.at("operations") == 1);
  CHECK(taken.at("clock").at("now") == "2026-01-01T00:00:01Z");
  CHECK(control("GET", list_path).at("checkpoints") == json({taken, empty}));
  create(*this, "second");
  const json again = control("PUT", base);  // replaces the first
  CHECK(again.at("resources") == taken.at("resources").get<int>() + 1);
  CHECK(control("GET", list_path).at("checkpoints") == json({again, empty}));
  CHECK(control("GET", "/_papersail/accounts/111111111111/checkpoints").at("checkpoints").empty());
}

TEST_CASE("DELETE checkpoint: removes it from memory and from disk") {
  const Folder folder;
  for (const std::string& data : {std::string(), folder.path()}) {
    Emulator emulator("realistic", data);
    emulator.control("PUT", base);
    CHECK(emulator.control("DELETE", base) == json({{"status", "ok"}}));
    CHECK(emulator.control("GET", list_path).at("checkpoints").empty());
    for (const auto& [method, path] : {std::pair("DELETE", base), std::pair("GET", base),
                                       std::pair("POST", base + "/restore")}) {
      const auto [status, message] = emulator.control_refused(method, path);
      CHECK(status == 404);
      CHECK(message == "There is no checkpoint \"base\".");
    }
  }
}

TEST_CASE("GET checkpoint: downloads a SQLite file with the account's data") {
  const Folder folder;
  for (const std::string& data : {std::string(), folder.path()}) {
    Emulator emulator("realistic", data);
    create(emulator, "web");
    emulator.control("PUT", base);
    create(emulator, "later");
    const std::string path = folder / "download.sqlite";
    std::ofstream(path) << emulator.control("GET", base).get<std::string>();
    CHECK(rows_in(path, "SELECT count(*) FROM resources WHERE name IN ('web', 'later')") == 1);
    CHECK(rows_in(path, "SELECT count(*) FROM operations") == 1);
    CHECK(rows_in(path,
                  "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1);
    CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  }
}

TEST_CASE_FIXTURE(Emulator, "PUT checkpoint: stores an uploaded file instead of the account") {
  create(*this, "web");
  const json before = seen(*this);
  control("PUT", base);
  const std::string file = control("GET", base);
  create(*this, "later");
  Dispatch dispatch(accounts(), true);
  Control other{accounts(), dispatch};
  const auto put = [&](const std::string& target, const std::string& body) {
    return control_response(other, "PUT", target, body)->status;
  };
  CHECK(put(list_path + "/moved", file) == 201);
  CHECK(put(list_path + "/coded", json({{"sqlite", ssh::base64(file)}}).dump()) == 201);
  for (const char* name : {"/moved/restore", "/coded/restore"}) {
    control("POST", list_path + name);
    CHECK(seen(*this) == before);
  }
  CHECK(put(base, file.substr(0, 100)) == 400);
  CHECK(put(base, R"({"sqlite":"eA=="})") == 400);
}

TEST_CASE_FIXTURE(Emulator, "PUT checkpoint: refuses a name that is in use with replace=false") {
  control("PUT", base + "?replace=false");
  CHECK(control_refused("PUT", base + "?replace=false") ==
        std::pair<int, std::string>{409, "There is a checkpoint \"base\" already."});
  control("PUT", base);
  control("PUT", base + "?replace=true");
  CHECK(control_refused("PUT", base + "?replace=no").first == 400);
  CHECK(control_refused("PUT", base + "?replce=false").first == 400);
}

TEST_CASE_FIXTURE(Emulator, "DELETE account: keeps its checkpoints") {
  create(*this, "web");
  const json before = seen(*this);
  control("PUT", base);
  control("DELETE", own);
  CHECK(call("GetInstances").at("instances").empty());
  control("POST", base + "/restore");
  CHECK(seen(*this) == before);
}

TEST_CASE_FIXTURE(Emulator, "PUT checkpoint: refuses names that could be paths") {
  for (const char* name : {"..", ".hidden", "a%2Fb", "%2e%2e%2fx", "a%00b", "a b", "%C3%A4"}) {
    CAPTURE(name);
    for (const char* method : {"PUT", "GET", "DELETE"}) {
      CHECK(control_refused(method, list_path + '/' + name).first == 400);
    }
  }
  CHECK(control_refused("PUT", list_path + '/' + std::string(101, 'a')).first == 400);
  CHECK(control_refused("PUT", base, "{}").second ==
        "\"sqlite\" must be an SQLite file in base64.");
  CHECK(control("GET", list_path).at("checkpoints").empty());
}

TEST_CASE("POST restore: refuses a file that cannot be read and changes nothing") {
  const Folder folder;
  Emulator emulator("realistic", folder.path());
  create(emulator, "web");
  emulator.control("PUT", base);
  const std::string file = folder / "checkpoints/000000000000/base.sqlite";
  Database newer = Database::of(*emulator.accounts().checkpoints().find("000000000000", "base"));
  newer.execute("PRAGMA user_version = 99");
  const json before = seen(emulator);
  for (const std::string& content :
       {newer.bytes(), std::string(), std::string("short"), std::string(9000, 'x')}) {
    std::ofstream(file) << content;
    const auto [status, message] = emulator.control_refused("POST", base + "/restore");
    CHECK(status == 409);
    CHECK(message.starts_with("The checkpoint cannot be restored: "));
    CHECK(emulator.control("GET", list_path).at("checkpoints").at(0).contains("error"));
    CHECK(seen(emulator) == before);
  }
}

TEST_CASE("Checkpoints: copies, restores and forks a thousand resources") {
  const Folder folder;
  for (const std::string& data : {std::string(), folder.path()}) {
    Emulator emulator("realistic", data);
    Store& store = emulator.account().store;
    for (int i = 0; i < 1000; ++i) {
      Resource disk{0, "us-east-1", "Disk", "disk-" + std::to_string(i), {}, json::object()};
      disk.doc = {{"name", disk.name}, {"state", "available"}, {"note", std::string(1200, 'x')}};
      store.create(disk, emulator.now());
    }
    store.commit();
    CHECK(emulator.control("PUT", base).at("resources") == 1000);
    CHECK(emulator.control("POST", base + "/restore").at("resources") == 1000);
    const json fork = emulator.control("POST", own + "/fork", {{"to", "222222222222"}});
    CHECK(fork.at("resources") == 1000);
  }
}

}  // namespace papersail
