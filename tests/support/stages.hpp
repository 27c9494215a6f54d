// Calls as data: how a row of a table of tests sets its stage.
#pragma once

#include <string>

#include "tests/support/emulator.hpp"

namespace papersail {

// A JSON file of tests/tables.
json test_data(const std::string& name);

bool is_implemented(const std::string& action);

// Makes the emulator's account the n-th of its own, which nobody has used: a clean stage in
// `region`, much faster to come by than another emulator.
void take_clean_account(Emulator& emulator, int n, const std::string& region = "us-east-1");

// A stage is a list of steps: a call that must go well, {"DeleteDisk": {"diskName": "data"}}; the
// seconds that pass, 18; or the name of another stage.
class Stages {
 public:
  // {name: stage}
  explicit Stages(json named) : named_(std::move(named)) {}

  void set(Emulator& emulator, const json& stage) const;
  // Whether all its actions are implemented.
  bool possible(const json& stage) const;

 private:
  json named_;
};

// The input with the name of the account's newest ExportSnapshotRecord for every text
// "$ExportSnapshotRecord", and so for all types: such names cannot be known in advance.
json with_names(Emulator& emulator, json input, const std::string& region = "us-east-1");

}  // namespace papersail
