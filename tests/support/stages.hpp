// Stages: the calls that prepare an account for a row of a test table, as data.
#pragma once

#include <string>

#include "tests/support/emulator.hpp"

namespace papersail {

// Returns a JSON file of tests/tables.
json test_data(const std::string& name);

bool is_implemented(const std::string& action);

// Switches the emulator to its n-th account, which must be unused, in `region`. This is much faster
// than creating an emulator.
void use_new_account(Emulator& emulator, int n, const std::string& region = "us-east-1");

// A stage is a list of steps: a call that must succeed, {"DeleteDisk": {"diskName": "data"}}; a
// number of seconds by which to advance the clock, 18; or the name of another stage.
class Stages {
 public:
  // `named` is {name: stage}.
  explicit Stages(json named) : named_(std::move(named)) {}

  void set(Emulator& emulator, const json& stage) const;
  // True if all its actions are implemented.
  bool possible(const json& stage) const;

 private:
  json named_;
};

// Returns the input with every text "$ExportSnapshotRecord" (or another type) replaced by the name
// of the account's newest resource of this type. Such names are not known in advance.
json with_names(Emulator& emulator, json input, const std::string& region = "us-east-1");

// Returns the operations in an action's output, also a single one.
json operations_of(const json& output);

}  // namespace papersail
