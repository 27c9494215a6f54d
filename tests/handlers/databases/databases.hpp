// An emulator with managed databases.
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

// True if the whole text matches the pattern.
bool matches(const json& text, const std::string& pattern);

// Returns the input of an action that needs only a database's name.
json by_name(const std::string& name);

class Databases : public Emulator {
 public:
  using Emulator::Emulator;

  // Returns the input of CreateRelationalDatabase for a MySQL database in us-east-1a, patched with
  // `changes` (RFC 7396).
  static json input(const std::string& name, const json& changes = json::object());
  // Returns the operations of the creation.
  json create(const std::string& name, const json& changes = json::object());
  // Creates a database and waits until it is available. Its windows are known: backups from 07:00
  // to 07:30, maintenance on Tuesdays from 12:00 to 12:30.
  void create_available(const std::string& name, const json& changes = json::object());
  json database(const std::string& name);
  // Calls UpdateRelationalDatabase and returns its operations.
  json update(const std::string& name, json changes);
  Refused update_refused(const std::string& name, json changes);
  // Returns "" if there is no such version.
  std::string password(const std::string& name, const std::string& version = "CURRENT");
  // Calls an action that needs only the database's name and returns its operations.
  json act(const char* action, const std::string& name);
  // Calls CreateRelationalDatabaseSnapshot and returns its operations.
  json create_snapshot(const std::string& database, const std::string& name);
  json snapshot(const std::string& name);
  // Returns the messages of the events of the last `minutes`, each after its time in seconds since
  // the test's start: "703 Finished Relational Database backup".
  std::vector<std::string> events(const std::string& name, int minutes = 20160);
  // Returns all pages of GetRelationalDatabaseParameters by parameter name.
  json parameters(const std::string& name);
  // Calls UpdateRelationalDatabaseParameters for one parameter and returns its operations.
  json set_parameter(const std::string& database, const std::string& name, const std::string& value,
                     const std::string& method);
  json operation(const json& id) {
    return call("GetOperation", {{"operationId", id}})["operation"];
  }
};

// 2026-01-06, the first Tuesday after the test's start.
constexpr Millis first_maintenance = test_start + days(5) + hours(12);

}  // namespace papersail
