// The checks of the command doctor.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/invocation.hpp"

namespace papersail {

struct Finding {
  enum Level { good, hint, bad } level;
  std::string about;   // the check: "environment"
  std::string text;    // the result of the check
  std::string advice;  // the suggested correction; empty if the level is good
};
using Findings = std::vector<Finding>;

// Returns the value of an environment variable, or nullptr if it is not set.
using Environment = std::function<const char*(const char*)>;

// Checks the server that the invocation names, with its accounts and its data folder. Throws
// Unreachable or TimedOut.
void check_server(Invocation& invocation, Findings& findings);
// Returns the findings for a server that does not answer for this reason.
Findings unreachable_findings(const Endpoint& endpoint, const std::string& reason);
// Makes a call that is signed with the credentials of this environment; nullopt if it has none.
// Throws Unreachable or TimedOut.
std::optional<Finding> check_signed_call(const Endpoint& endpoint, const Environment& environment);

// Checks that AWS clients with this environment send their requests to `endpoint`.
Findings check_environment(const std::string& endpoint, const Environment& environment);

// A program that listens on a port of this machine.
struct PortHolder {
  std::string program;  // "python3 (process 4711)"
  bool loopback;        // it listens on a loopback address, for this machine or container only
};
// Returns the program that listens on the port; nullopt if there is none or /proc does not show it.
std::optional<PortHolder> holder_of(int port);

// Returns true if this process runs in a container, which has a loopback address of its own.
bool in_container();

// Checks that a data folder exists, is writable, and has free space.
Finding check_folder(const std::string& folder);
// Checks the same, and that the file of each account can be opened.
Findings check_data(const std::string& folder);

}  // namespace papersail
