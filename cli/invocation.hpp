// One run of a command: its arguments, a client of the server, and its output.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

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

// Thrown when the server refuses a request.
struct ServerRefusal : std::runtime_error {
  ServerRefusal(int code, const std::string& message) : runtime_error(message), status(code) {}
  int status;
};

// The options that all commands except `serve` take.
struct Settings {
  std::string endpoint = "http://127.0.0.1:4566";
  std::string account;
  std::string region = "us-east-1";
  std::string token;  // of the control API; empty if none is set
  bool as_json = false;
};

class Invocation {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;
  using Words = std::map<std::string, std::string, std::less<>>;
  // `given` holds the arguments on the command line by name; a switch has the value "true".
  // `words` are the names of members in the control API with the arguments that set them.
  Invocation(Settings common, Values given, Words words = {});

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
  // ServerRefusal if the status is an error, with the server's message in the words of the command
  // line.
  Reply ask(std::string_view method, const std::string& path, std::string_view body = "");
  json get(const std::string& path) { return parse_json(ask("GET", path).body); }
  // Returns the account's path in the control API: "accounts/000000000000" + `rest`.
  std::string in_account(const std::string& rest = "") const;

  // Prints lines of text, within the width of a terminal; with --json, prints `value`.
  void tell(const std::string& line, const json& value) const;
  // Prints a value in one line of JSON.
  static void print(const json& value);

 private:
  std::string in_own_words(std::string message) const;

  Values values_;
  Words words_;
  Client client_;
};

// Writes a file that an argument names. Throws std::runtime_error.
void write_file(const std::string& name, std::string_view bytes);

}  // namespace papersail
