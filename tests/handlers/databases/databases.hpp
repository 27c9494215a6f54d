// A papersail with managed databases in it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/emulator.hpp"

namespace papersail {

constexpr Millis until_available = seconds(600 + 103);  // creating, then backing-up
constexpr Millis while_modifying = seconds(90);
constexpr Millis while_upgrading = seconds(600);
constexpr Millis while_rebooting = seconds(60);
constexpr Millis while_stopping = seconds(180);
constexpr Millis while_starting = seconds(240);
constexpr Millis while_backing_up = seconds(103);

// Whether all of a text is as the pattern says.
bool matches(const json& text, const std::string& pattern);

// The input of an action that needs no more than a database's name.
json by_name(const std::string& name);

class Databases : public Emulator {
 public:
  using Emulator::Emulator;

  // The input of CreateRelationalDatabase for a MySQL database in us-east-1a, with `changes` (RFC
  // 7396) to it.
  static json input(const std::string& name, const json& changes = json::object());
  // The operations of its creation.
  json create(const std::string& name, const json& changes = json::object());
  // The same, and waits until it is available. Its windows are known: backups from 07:00 to 07:30,
  // maintenance on Tuesdays from 12:00 to 12:30.
  void create_available(const std::string& name, const json& changes = json::object());
  json database(const std::string& name);
  // UpdateRelationalDatabase; its operations.
  json update(const std::string& name, json changes);
  Refused update_refused(const std::string& name, json changes);
  // "" if there is no such version.
  std::string password(const std::string& name, const std::string& version = "CURRENT");
  // An action that needs no more than the database's name; its operations.
  json act(const char* action, const std::string& name);
  // CreateRelationalDatabaseSnapshot; its operations.
  json create_snapshot(const std::string& database, const std::string& name);
  json snapshot(const std::string& name);
  // The messages of the events of so many minutes, each behind the seconds since the test began:
  // "703 Finished Relational Database backup".
  std::vector<std::string> events(const std::string& name, int minutes = 20160);
  // GetRelationalDatabaseParameters, all pages: by name.
  json parameters(const std::string& name);
  // UpdateRelationalDatabaseParameters for one; its operations.
  json set_parameter(const std::string& database, const std::string& name, const std::string& value,
                     const std::string& method);
  json operation(const json& id) {
    return call("GetOperation", {{"operationId", id}})["operation"];
  }
};

// 2026-01-06, the first Tuesday that an emulator lives to see.
constexpr Millis first_maintenance = test_start + days(5) + hours(12);

}  // namespace papersail
