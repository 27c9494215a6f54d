// What is wrong between a client and its server, and what to do.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace papersail {

struct Finding {
  enum Level { good, hint, bad } level;
  std::string about;   // "environment"
  std::string text;    // what was found
  std::string advice;  // what to do; empty when it is good
};
using Findings = std::vector<Finding>;

// Reads a variable of the environment; null when it is not set.
using Environment = std::function<const char*(const char*)>;

// Whether AWS clients in this environment end up at `endpoint`.
Findings check_environment(const std::string& endpoint, const Environment& environment);

// What listens on a port of this machine.
struct PortHolder {
  std::string program;  // "python3 (process 4711)"
  bool loopback;        // no other machine, and no other container, reaches it
};
// None when nothing does, or that cannot be known.
std::optional<PortHolder> holder_of(int port);

// Whether we are in a container, where 127.0.0.1 is not the machine's.
bool in_container();

// Whether a folder can keep accounts.
Finding check_folder(const std::string& folder);

}  // namespace papersail
