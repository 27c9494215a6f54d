// Names of resources are checked before the look-up, by every action.
#include "handlers/names.hpp"

#include "state/error.hpp"
#include "tests/support/emulator.hpp"
#include "tests/support/samples.hpp"

namespace papersail {
namespace {

const std::string rule =
    " is not a valid resource name. Resource names must be at least 2 characters long and contain "
    "only alphanumerics, -, _, and .";

void check_refusal(const Refused& refusal, const std::string& name) {
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.code == "InvalidResourceName");
  CHECK(refusal.message == name + rule);
}

}  // namespace

TEST_CASE_FIXTURE(Emulator,
                  "Actions: refuse an invalid name in every member that names a resource") {
  Model model;
  int members = 0;
  for (const std::string& action : model.actions()) {
    const Shape& input = *model.action(action)->input;
    for (const Member& member : input.members) {
      if (member.shape->name != "ResourceName") continue;
      CAPTURE(action);
      CAPTURE(member.name);
      json value = valid_value(input);
      value[member.name] = "not a name";
      check_refusal(refused(action, value), "not a name");
      ++members;
    }
  }
  CHECK(members > 100);
}

TEST_CASE_FIXTURE(Emulator, "GetInstance: looks up valid names only") {
  const std::string longest(255, 'a');
  const std::vector<std::string> invalid = {"", "w", "we b", "we/b", "wéb", "*", longest + 'a'};
  for (const std::string& name : invalid) {
    check_refusal(refused("GetInstance", {{"instanceName", name}}), name);
  }
  const std::vector<std::string> valid = {"we", "-.", "we.b_1-2", longest};
  for (const std::string& name : valid) {
    CHECK(refused("GetInstance", {{"instanceName", name}}).code == "DoesNotExist");
  }
}

TEST_CASE_FIXTURE(Emulator, "Errors: have whole messages, also with a NUL") {
  const std::string name("web\0evil", 8);
  check_refusal(refused("GetInstance", {{"instanceName", name}}), name);
  const Refused unknown = refused("GetOperation", {{"operationId", name}});
  CHECK(unknown.message == "The Operation does not exist: " + name);
}

TEST_CASE_FIXTURE(Emulator, "CreateDiskSnapshot: an empty name of an optional member is absent") {
  const json input = {{"diskSnapshotName", "shot"}, {"diskName", "data"}, {"instanceName", ""}};
  CHECK(refused("CreateDiskSnapshot", input).message == "The Disk does not exist: data");
}

}  // namespace papersail
