#include <csignal>

#include "server/cli.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // who started us may read "Ready." and no further
  return papersail::run_command_line({argv + 1, argv + argc});
}
