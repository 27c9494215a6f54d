// The commands. Each is a row of a table.
#pragma once

#include <span>
#include <vector>

#include "cli/invocation.hpp"

namespace papersail {

// The kind of an argument's values, for completion in a shell.
enum class ValueKind {
  none,
  file,
  folder,
  account,
  action,
  checkpoint,
  command,
  error_type,
  fault,
  format,     // of the log
  level,      // of the log
  lifecycle,  // a profile, or a file
  mode,       // of authentication
  region,
  shell
};

// `form` is "NAME", "[NAME]" (optional), "--to ACCOUNT" or "--all" (a switch). `member` is the
// member of the control API's request that the argument sets, if messages of the server name it.
struct Argument {
  const char* form = nullptr;
  const char* help = nullptr;
  ValueKind values = ValueKind::none;
  const char* member = nullptr;
};

struct Command {
  const char* name;  // with its parent command: "clock advance"
  const char* help;
  const char* example;  // one per line
  ExitCode (*run)(Invocation& invocation);
  Argument arguments[18] = {};
};

// The tables of commands, each with the file that defines it.
extern const std::span<const Command> account_commands;     // accounts.cpp
extern const std::span<const Command> checkpoint_commands;  // checkpoints.cpp
extern const std::span<const Command> clock_commands;       // clock.cpp
extern const std::span<const Command> doctor_commands;      // doctor.cpp
extern const std::span<const Command> export_commands;      // export.cpp
extern const std::span<const Command> fault_commands;       // faults.cpp
extern const std::span<const Command> lifecycle_commands;   // lifecycle.cpp
extern const std::span<const Command> local_commands;       // local.cpp
extern const std::span<const Command> replay_commands;      // replay.cpp
extern const std::span<const Command> request_commands;     // requests.cpp
extern const std::span<const Command> server_commands;      // server.cpp
// Returns the commands of all tables, in the order of the help text.
std::vector<Command> all_commands();

// Returns the argument's name: "NAME" for "[NAME]", "--to" for "--to ACCOUNT".
std::string name_of(const Argument& argument);
// True for an argument without a value: "--all".
bool is_switch(const Argument& argument);

// An option that is no row of a table, with the kind of its values: the options of all commands,
// and those of `serve`.
struct OptionValues {
  const char* option;  // "--account"
  const char* type;    // "ID"; "" for a switch
  ValueKind values = ValueKind::none;
};
extern const std::span<const OptionValues> common_options;
extern const std::span<const OptionValues> serve_options;

}  // namespace papersail
