// The command line. Each command is a row of a table.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client.hpp"
#include "text/json.hpp"

namespace papersail {

// The exit codes of the program.
enum ExitCode {
  exit_ok = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_unreachable = 3,
  exit_timeout = 4
};

// Thrown for invalid arguments and variables; the program then ends with exit_usage.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The options that all commands except `serve` take.
struct Settings {
  std::string endpoint = "http://127.0.0.1:4566";
  std::string account;
  std::string region = "us-east-1";
  std::string token;  // of the control API; empty if none is set
  bool as_json = false;
};

// One run of a command, with its arguments and a client of the server.
class Invocation {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;
  // `given` holds the arguments on the command line by name; a switch has the value "true".
  Invocation(Settings common, Values given);

  const Settings settings;
  bool has(std::string_view argument) const { return values_.contains(argument); }
  // Returns the value of an argument, or "" if it is not given.
  std::string text(std::string_view argument) const;
  // Returns the value as a whole number, nullopt if it is not given. Throws UsageError if the value
  // is not a whole number of at least zero.
  std::optional<std::int64_t> number(std::string_view argument) const;

  Client& client() { return client_; }
  // The headers of a request to the control API.
  Headers headers() const;
  // Sends a request to /_papersail/ + `path` of the server and returns the response. Throws
  // std::runtime_error with the server's message if the status is an error.
  Reply ask(std::string_view method, const std::string& path, std::string_view body = "");
  json get(const std::string& path) { return parse_json(ask("GET", path).body); }
  // Returns the account's path in the control API: "accounts/000000000000" + `rest`.
  std::string in_account(const std::string& rest = "") const;

  // Prints the body of a response: as JSON with --json, otherwise in columns.
  void show(const Reply& reply) const;
  void show(const json& value) const;
  // Prints a line of text; prints nothing with --json.
  void say(const std::string& line) const;

 private:
  Values values_;
  Client client_;
};

// `form` is "NAME", "[NAME]" (optional), "--to ACCOUNT" or "--all" (a switch).
struct Argument {
  const char* form = nullptr;
  const char* help = nullptr;
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
extern const std::span<const Command> fault_commands;       // faults.cpp
extern const std::span<const Command> local_commands;       // local.cpp
extern const std::span<const Command> replay_commands;      // replay.cpp
extern const std::span<const Command> request_commands;     // requests.cpp
extern const std::span<const Command> server_commands;      // server.cpp
// Returns the commands of all tables, in the order of the help text.
std::vector<Command> all_commands();

// Runs the command in `arguments` (without the program's name) and returns its exit code.
ExitCode run_command_line(const std::vector<std::string>& arguments);

}  // namespace papersail
