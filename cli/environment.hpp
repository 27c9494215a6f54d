// The environment variables that set options of `serve`: PAPERSAIL_PORT for --port, and some of
// LocalStack's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace papersail {

using Variables = std::map<std::string, std::string>;

// The environment of this process.
Variables process_variables();

// The variable that sets an option: "PAPERSAIL_INIT_DIR" for "init-dir".
std::string variable_of(std::string_view option);

struct EnvironmentOptions {
  std::vector<std::string> arguments;  // "--port=4510"
  std::vector<std::string> notices;    // to log: each use of a variable of another emulator
  std::vector<std::string> warnings;   // to log: variables that set nothing
};

// The options of `serve` that `variables` set and the command line, `given`, does not. Throws
// UsageError, which names the variable, if a value is empty or the option does not accept it.
EnvironmentOptions options_in(const Variables& variables, CLI::App& serve,
                              const std::vector<std::string>& given);

// The URL of the server that these variables configure on this machine. Commands ask it by default.
std::string endpoint_in(const Variables& variables);

}  // namespace papersail
