// The command line. Commands are rows of tables, as actions and routes are.
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

// How the command line ends.
enum ExitCode {
  exit_ok = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_unreachable = 3,
  exit_timeout = 4
};

// Thrown for arguments that cannot be; ends with exit_usage.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What the commands that talk to a server have in common.
struct Settings {
  std::string endpoint = "http://127.0.0.1:4566";
  std::string account;
  std::string region = "us-east-1";
  std::string token;  // of the control API; empty: none
  bool as_json = false;
};

// A command as it was typed.
class Invocation {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;
  // `values`: the arguments that were given, by name; a switch has the value "true".
  Invocation(Settings of_all, Values given);

  const Settings settings;
  bool has(std::string_view argument) const { return values_.contains(argument); }
  // The value of an argument; "" when it was not given.
  std::string text(std::string_view argument) const;
  // As a whole number of at least zero; throws UsageError.
  std::optional<std::int64_t> number(std::string_view argument) const;

  Client& client() { return client_; }
  // What a request to the control API brings with it.
  Headers headers() const;
  // The server's answer at /_papersail/ and `path`. Its refusal is a std::runtime_error in its
  // words.
  Reply ask(std::string_view method, const std::string& path, std::string_view body = "");
  json get(const std::string& path) { return json::parse(ask("GET", path).body); }
  // "accounts/000000000000" and `rest`.
  std::string in_account(const std::string& rest = "") const;

  // Prints what a server said: as it came with --json, else in columns.
  void show(const Reply& reply) const;
  void show(const json& value) const;
  // Prints a line for people; nothing with --json.
  void say(const std::string& line) const;

 private:
  Values values_;
  Client client_;
};

// `form` is "NAME", "[NAME]" (may be left out), "--to ACCOUNT" or "--all" (a switch).
struct Argument {
  const char* form = nullptr;
  const char* help = nullptr;
};

struct Command {
  const char* name;  // its words: "clock advance"
  const char* help;
  const char* example;  // a line each
  ExitCode (*run)(Invocation& invocation);
  Argument arguments[18] = {};
};

// One table a family, in the file of that name.
extern const std::span<const Command> account_commands;     // cli_accounts.cpp
extern const std::span<const Command> checkpoint_commands;  // cli_checkpoints.cpp
extern const std::span<const Command> clock_commands;       // cli_clock.cpp
extern const std::span<const Command> doctor_commands;      // doctor.cpp
extern const std::span<const Command> fault_commands;       // cli_faults.cpp
extern const std::span<const Command> local_commands;       // cli_local.cpp
extern const std::span<const Command> replay_commands;      // cli_replay.cpp
extern const std::span<const Command> request_commands;     // cli_requests.cpp
extern const std::span<const Command> server_commands;      // cli_server.cpp
std::vector<Command> all_commands();

// Path segments of the control API: everything but letters, digits and "-._~" as %XX.
std::string escaped(std::string_view text);

// Runs what `arguments` say (without the program's name), and returns how it ended.
ExitCode run_command_line(const std::vector<std::string>& arguments);

}  // namespace papersail
