#include <sys/stat.h>

#include <csignal>

#include "cli/cli.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // the parent may close our output after "Ready."
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the file size limit returns an error
  ::umask(077);                   // accounts and checkpoints contain private keys and passwords
  return papersail::run_command_line({argv + 1, argv + argc});
}
