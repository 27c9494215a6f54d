// fault: what goes wrong on purpose.
#include "server/cli.hpp"

namespace papersail {
namespace {

ExitCode list(Invocation& invocation) {
  const json answer = invocation.get(invocation.in_account("/faults"));
  const json& faults = answer.at("faults");
  if (invocation.settings.as_json) {
    invocation.show(answer);
  } else if (!faults.empty()) {
    invocation.show(faults);
  }
  return exit_ok;
}

ExitCode add(Invocation& invocation) {
  invocation.show(
      invocation.ask("POST", invocation.in_account("/faults"), invocation.text("RULE")));
  return exit_ok;
}

ExitCode remove(Invocation& invocation) {
  if (invocation.has("N") == invocation.has("--all")) {
    throw UsageError("fault remove takes a number, or --all");
  }
  const std::string one = invocation.has("N") ? '/' + escaped(invocation.text("N")) : "";
  invocation.ask("DELETE", invocation.in_account("/faults" + one));
  invocation.say(one.empty() ? "No faults are left." : "Removed.");
  return exit_ok;
}

constexpr Command commands[] = {
    {"fault", "Let things go wrong on purpose; alone, list what will", "papersail fault", list},
    {"fault list", "List an account's faults", "papersail fault list --json", list},
    {"fault add", "Let something go wrong", "papersail fault add '{}'", add, {{"RULE", "JSON"}}},
    {"fault remove",
     "Take a fault away",
     "papersail fault remove 1",
     remove,
     {{"[N]", "Its number in the list"}, {"--all", "All of them"}}},
};

}  // namespace

const std::span<const Command> fault_commands = commands;

}  // namespace papersail
