// docs/internal-state.md names the members of Resource::internal.
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/stages.hpp"

namespace papersail {
namespace {

// The members by type of resource.
using Members = std::map<std::string, std::set<std::string>>;

// Returns the members in the tables of the page. The heading of a table names its types.
Members documented() {
  std::ifstream page(PAPERSAIL_SOURCE "/docs/internal-state.md");
  Members out;
  std::vector<std::string> types;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) {
      std::istringstream words(line.substr(3));
      types = {std::istream_iterator<std::string>(words), {}};
    } else if (line.starts_with("| `")) {
      const std::string member = line.substr(3, line.find('`', 3) - 3);
      for (const auto& type : types) out[type].insert(member);
    }
  }
  return out;
}

// Adds the members of the account's resources of these types.
void collect(Members& out, Store& store, const Members& types) {
  for (const auto& [type, members] : types) {
    for (const Resource& resource : store.all("us-east-1", type)) {
      const json internal = resource.internal.parsed();
      for (const auto& [member, value] : internal.items()) out[type].insert(member);
    }
  }
}

// Makes each call of tests/tables/operations.json in an account of its own, and returns the members
// that then exist.
Members stored(const Members& types) {
  Emulator emulator;
  const json table = test_data("operations.json");
  const Stages stages(table.at("stages"));
  Members out;
  int n = 0;
  for (const json& row : table.at("rows")) {
    use_new_account(emulator, ++n);
    stages.set(emulator, row.at("stage"));
    use_new_account(emulator, n, row.value("region", "us-east-1"));
    emulator.call(row.at("action").get<std::string>(), with_names(emulator, row.at("input")));
    collect(out, emulator.account().store, types);
  }
  return out;
}

}  // namespace

TEST_CASE("docs/internal-state.md: names every member that the calls of the table store") {
  Members types = documented();
  for (const char* type : {"Disk", "DiskSnapshot", "Instance", "InstanceSnapshot", "KeyPair",
                           "RelationalDatabase", "RelationalDatabaseSnapshot", "StaticIp"}) {
    types[type];
  }
  for (const auto& [type, members] : stored(types)) {
    for (const std::string& member : members) {
      CAPTURE(type);
      CAPTURE(member);
      CHECK(types[type].contains(member));
    }
  }
}

}  // namespace papersail
