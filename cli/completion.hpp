// The completion of commands and options in a shell.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace papersail {

// Returns the completions of the last word, each as "WORD\tHELP". `words` are the arguments of the
// program: "__complete" and the words of the command line, of which the last is incomplete.
std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

// Returns the completion script for bash, zsh or fish. Throws UsageError for another shell.
std::string completion_script(const std::string& shell);

}  // namespace papersail
