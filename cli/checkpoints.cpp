// The commands checkpoint and restore.
#include <fstream>
#include <iostream>

#include "cli/cli.hpp"
#include "text/encoding.hpp"

namespace papersail {
namespace {

std::string path_of(const Invocation& invocation) {
  return invocation.in_account("/checkpoints/" + percent_encoded(invocation.text("NAME")));
}

ExitCode done(const Invocation& invocation, const Reply& reply, const std::string& what) {
  if (invocation.settings.as_json) invocation.show(reply);
  invocation.say(what);
  return exit_ok;
}

ExitCode list(Invocation& invocation) {
  const json response = invocation.get(invocation.in_account("/checkpoints"));
  if (invocation.settings.as_json) {
    invocation.show(response);
    return exit_ok;
  }
  json checkpoints = response.at("checkpoints");
  for (json& one : checkpoints) {
    if (one.contains("clock")) one["clock"] = one["clock"]["now"];
  }
  if (!checkpoints.empty()) invocation.show(checkpoints);
  return exit_ok;
}

ExitCode take(Invocation& invocation) {
  return done(invocation, invocation.ask("PUT", path_of(invocation)),
              "Saved checkpoint " + invocation.text("NAME") + " of account " +
                  invocation.settings.account + ".");
}

ExitCode remove(Invocation& invocation) {
  return done(invocation, invocation.ask("DELETE", path_of(invocation)),
              "Deleted checkpoint " + invocation.text("NAME") + ".");
}

ExitCode restore(Invocation& invocation) {
  return done(invocation, invocation.ask("POST", path_of(invocation) + "/restore"),
              "Restored account " + invocation.settings.account + " to checkpoint " +
                  invocation.text("NAME") + ".");
}

ExitCode download(Invocation& invocation) {
  const std::string name = invocation.text("FILE");
  const Reply reply = invocation.ask("GET", path_of(invocation));
  std::ofstream file(name, std::ios::binary);
  file << reply.body << std::flush;
  if (!file) throw std::runtime_error("cannot write " + name);
  invocation.say("Wrote " + name + ": " + std::to_string(reply.body.size()) + " bytes.");
  return exit_ok;
}

constexpr Argument name = {"NAME", "Name of the checkpoint"};

constexpr Command commands[] = {
    {"checkpoint", "Manage the checkpoints of an account; without a subcommand, list them",
     "papersail checkpoint", list},
    {"checkpoint list", "List the checkpoints of an account", "papersail checkpoint list --json",
     list},
    {"checkpoint take",
     "Save an account as a checkpoint; replaces one of the same name",
     "papersail checkpoint take before",
     take,
     {name}},
    {"checkpoint delete",
     "Delete a checkpoint",
     "papersail checkpoint delete before",
     remove,
     {name}},
    {"checkpoint download",
     "Write a checkpoint to an SQLite file",
     "papersail checkpoint download before before.sqlite",
     download,
     {name, {"FILE", "File to write; a data folder reads it as ACCOUNT.sqlite"}}},
    {"restore", "Set an account back to a checkpoint", "papersail restore before", restore, {name}},
};

}  // namespace

const std::span<const Command> checkpoint_commands = commands;

}  // namespace papersail
