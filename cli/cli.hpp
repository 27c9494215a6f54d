// The command line.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace papersail {

// Runs the command in `arguments` (without the program's name) and returns its exit code.
ExitCode run_command_line(const std::vector<std::string>& arguments);

}  // namespace papersail
