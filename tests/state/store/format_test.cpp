#include "state/store/format.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

// Returns the text of a file in tests/tables.
std::string data(const std::string& name) {
  std::ifstream file(std::string(PAPERSAIL_SOURCE) + "/tests/tables/" + name);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string tables(Database& database) {
  Query query = database.query(
      "SELECT group_concat(m.name || '.' || c.name || ':' || c.type || c.\"notnull\", ' ') FROM"
      " (SELECT * FROM sqlite_schema ORDER BY name) m, pragma_table_info(m.name) c");
  query.step();
  return std::string(query.text(0));
}

// A database in the format of 0.1, which stores operations as documents. An instance and a database
// are being created in it.
struct Format1 {
  Folder folder;
  Format1() { Database(folder / "000000000000.sqlite").execute(data("format-1.sql").c_str()); }
};

}  // namespace

TEST_CASE("prepare: migrates the tables of format 1 to those of a new database") {
  const Format1 old;
  Database migrated(old.folder / "000000000000.sqlite");
  prepare(migrated, 1);
  Database fresh("");
  prepare(fresh, 1);
  CHECK(tables(migrated) == tables(fresh));
}

TEST_CASE("prepare: keeps the state and pending transitions of an account of format 1") {
  const Format1 old;
  Emulator emulator("realistic", old.folder / "");
  const json before = emulator.call("GetOperations").at("operations");
  REQUIRE(before.size() == 3);
  CHECK(before[0] == json::parse(R"({"id": "317b410d-cfca-433e-8edc-7719d2e695d4",
    "operationType": "OpenInstancePublicPorts", "operationDetails": "443/tcp",
    "resourceName": "web", "resourceType": "Instance", "createdAt": 1767225600.0,
    "statusChangedAt": 1767225600.0, "status": "Succeeded", "isTerminal": true,
    "location": {"regionName": "us-east-1", "availabilityZone": "us-east-1a"}})"));
  CHECK(before[2].at("status") == "Started");
  emulator.advance(17'900);
  const json instance = emulator.call("GetInstance", {{"instanceName", "web"}}).at("instance");
  CHECK(instance.at("state").at("name") == "running");
  CHECK(emulator.call("GetOperations").at("operations")[2].at("statusChangedAt") == 1767225617.9);
}

}  // namespace papersail
