#include "cli/cli.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "cli/command_line.hpp"
#include "cli/completion.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

ExitCode print_error(const std::string& message, ExitCode code) {
  std::cerr << painted_error("papersail: ", Colour::red) << message << std::endl;
  return code;
}

ExitCode run(const std::vector<std::string>& arguments) {
  CommandLine command_line;
  if (!arguments.empty() && arguments.front() == "__complete") {
    for (const auto& word : completions(command_line, arguments)) std::cout << word << '\n';
    return exit_ok;
  }
  return command_line.run(arguments);
}

// True if standard output is a pipe whose reader, such as `head`, has read enough.
bool reader_is_gone() {
  pollfd output = {STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

// Writes what is buffered. Output that is lost, on a full disk for example, is a failure.
ExitCode flushed(ExitCode code) {
  std::cout.flush();
  if (std::cout) return code;
  if (reader_is_gone()) return exit_failed;
  const std::string reason = errno ? std::string(": ") + std::strerror(errno) : "";
  return print_error("cannot write to standard output" + reason, exit_failed);
}

}  // namespace

ExitCode run_command_line(const std::vector<std::string>& arguments) {
  try {
    return flushed(run(arguments));
  } catch (const UsageError& error) {
    return print_error(error.what(), exit_usage);
  } catch (const Unreachable& error) {
    return print_error(error.what(), exit_unreachable);
  } catch (const TimedOut& error) {
    return print_error(error.what(), exit_timeout);
  } catch (const std::exception& error) {
    return print_error(error.what(), exit_failed);
  }
}

}  // namespace papersail
