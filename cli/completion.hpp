// The completion of commands, options and values in a shell.
#pragma once

#include <string>
#include <vector>

namespace papersail {

class CommandLine;

// Returns the completions of the last word, each as "WORD\tHELP". `words` are the arguments of the
// program: "__complete", then the words of the line that is completed. A line ":files" asks the
// script to complete the name of a file. Values that the server knows come from it; without a
// server, there are none.
std::vector<std::string> completions(const CommandLine& command_line,
                                     const std::vector<std::string>& words);

// Returns the script that makes a shell call __complete. Throws UsageError for an unknown shell.
std::string completion_script(const std::string& shell);

}  // namespace papersail
