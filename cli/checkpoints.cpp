// The commands checkpoint and restore.
#include <iostream>

#include "cli/clock_text.hpp"
#include "cli/command.hpp"
#include "cli/table.hpp"
#include "text/encoding.hpp"
#include "text/files.hpp"

namespace papersail {
namespace {

std::string path_of(const Invocation& invocation) {
  return invocation.in_account("/checkpoints/" + percent_encoded(invocation.text("NAME")));
}

ExitCode done(const Invocation& invocation, const Reply& reply, const std::string& line) {
  invocation.tell(line, parse_json(reply.body));
  return exit_ok;
}

// Returns "3 resources, 4 operations, 64 KiB".
std::string size_of(const json& checkpoint) {
  return number_of(checkpoint.at("resources"), "resource") + ", " +
         number_of(checkpoint.at("operations"), "operation") + ", " +
         std::to_string((checkpoint.at("bytes").get<std::uint64_t>() + 1023) / 1024) + " KiB";
}

ExitCode list(Invocation& invocation) {
  const json response = invocation.get(invocation.in_account("/checkpoints"));
  if (invocation.settings.as_json) {
    Invocation::print(response);
    return exit_ok;
  }
  Table table({"NAME", "TIME", "CONTENTS"});
  for (const json& one : response.at("checkpoints")) {
    if (one.contains("error")) {
      table.add({one.at("name"), "-", "cannot be read: " + one.at("error").get<std::string>()});
    } else {
      table.add({one.at("name"), one.at("clock").at("now"), size_of(one)});
    }
  }
  std::cout << (table.empty() ? "Account " + invocation.settings.account +
                                    " has no checkpoints. Take one: papersail checkpoint take "
                                    "NAME\n"
                              : table.text());
  return exit_ok;
}

// Sends a checkpoint: the account as it is, or a file.
Reply put(Invocation& invocation, std::string_view file) try {
  const std::string query = invocation.has("--replace") ? "" : "?replace=false";
  return invocation.ask("PUT", path_of(invocation) + query, file);
} catch (const ServerRefusal& refusal) {
  if (refusal.status != 409) throw;
  throw ServerRefusal(409, "account " + invocation.settings.account + " has a checkpoint " +
                               invocation.text("NAME") + " already; --replace overwrites it");
}

std::string subject(const Invocation& invocation) {
  return "checkpoint " + invocation.text("NAME") + " of account " + invocation.settings.account;
}

ExitCode take(Invocation& invocation) {
  const Reply reply = put(invocation, "");
  return done(invocation, reply,
              "Took " + subject(invocation) + ": " + size_of(parse_json(reply.body)) + ".");
}

ExitCode upload(Invocation& invocation) {
  const auto file = bytes_of_file(invocation.text("FILE"));
  if (!file) throw UsageError("cannot read " + invocation.text("FILE"));
  if (file->empty()) throw UsageError(invocation.text("FILE") + " is empty");
  const Reply reply = put(invocation, *file);
  return done(invocation, reply,
              "Uploaded " + subject(invocation) + ": " + size_of(parse_json(reply.body)) + ".");
}

ExitCode remove(Invocation& invocation) {
  return done(invocation, invocation.ask("DELETE", path_of(invocation)),
              "Deleted " + subject(invocation) + ".");
}

ExitCode restore(Invocation& invocation) {
  const Reply reply = invocation.ask("POST", path_of(invocation) + "/restore");
  const json restored = parse_json(reply.body);
  return done(invocation, reply,
              "Restored account " + invocation.settings.account + " to checkpoint " +
                  invocation.text("NAME") + ": " + size_of(restored) + ". " +
                  clock_sentence(restored.at("clock")));
}

ExitCode download(Invocation& invocation) {
  const std::string file = invocation.text("FILE");
  const Reply reply = invocation.ask("GET", path_of(invocation));
  write_file(file, reply.body);
  invocation.tell("Wrote " + file + ": " + number_of(reply.body.size(), "byte") + ".",
                  {{"file", file}, {"bytes", reply.body.size()}});
  return exit_ok;
}

constexpr Argument new_name = {"NAME", "Name of the checkpoint"};
constexpr Argument name = {"NAME", "Name of the checkpoint", ValueKind::checkpoint};
constexpr Argument replace = {"--replace", "Replace a checkpoint of the same name"};

constexpr Command commands[] = {
    {"checkpoint", "Manage the checkpoints of an account; without a subcommand, list them",
     "papersail checkpoint", list},
    {"checkpoint list", "List the checkpoints of an account", "papersail checkpoint list --json",
     list},
    {"checkpoint take",
     "Save an account as a checkpoint",
     "papersail checkpoint take before\n  papersail checkpoint take before --replace",
     take,
     {new_name, replace}},
    {"checkpoint delete",
     "Delete a checkpoint",
     "papersail checkpoint delete before",
     remove,
     {name}},
    {"checkpoint download",
     "Write a checkpoint to an SQLite file",
     "papersail checkpoint download before before.sqlite",
     download,
     {name, {"FILE", "File to write", ValueKind::file}}},
    {"checkpoint upload",
     "Make a checkpoint of a file that was downloaded",
     "papersail checkpoint upload before before.sqlite",
     upload,
     {new_name, {"FILE", "File of `checkpoint download`", ValueKind::file}, replace}},
    {"restore", "Set an account back to a checkpoint", "papersail restore before", restore, {name}},
};

}  // namespace

const std::span<const Command> checkpoint_commands = commands;

}  // namespace papersail
