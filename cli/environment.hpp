// The environment variables that set options of `serve`: PAPERSAIL_PORT sets --port. Three
// variables of LocalStack are supported too.
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

// Returns the environment of this process.
Variables process_variables();

// Returns the variable of an option: "PAPERSAIL_INIT_DIR" for "init-dir".
std::string variable_of(std::string_view option);

struct EnvironmentOptions {
  std::vector<std::string> arguments;  // "--port=4510"
  std::vector<std::string> notices;    // to log: each variable of LocalStack that sets an option
  std::vector<std::string> warnings;   // to log: each unknown PAPERSAIL_ variable
};

// Returns the options of `serve` that `variables` set and the command line, `given`, does not.
// Throws UsageError with the variable's name if a value is empty or invalid.
EnvironmentOptions options_in(const Variables& variables, CLI::App& serve,
                              const std::vector<std::string>& given);

// Returns the URL of the server that these variables configure on this machine, the default of
// --endpoint.
std::string endpoint_in(const Variables& variables);

}  // namespace papersail
