// Checks the words of the command line before they are parsed, for errors that name a cure.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace papersail {

// Returns the command that the arguments name: "fault add"; "" if they name none.
std::string command_in(const CLI::App& app, const std::vector<std::string>& arguments);

// Throws UsageError for an unknown command or option, with a similar one, and for an empty value:
// `--data "$UNSET"` in a shell script must not run in memory.
void require_known_words(const CLI::App& app, const std::vector<std::string>& arguments);

// Returns the message of an error of the parser (CLI11) in the words of this program.
std::string usage_message(const std::string& parser_message);

}  // namespace papersail
