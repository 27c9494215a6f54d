#include <csignal>

#include "cli/cli.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // who started us may read "Ready." and no further
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an answer of 500, not our end
  return papersail::run_command_line({argv + 1, argv + argc});
}
