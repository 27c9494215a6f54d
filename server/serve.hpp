// `papersail serve`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/access_flags.hpp"

namespace CLI {
class App;
}

namespace papersail {

struct ServeFlags {
  ServerOptions options;
  AccessFlags access;
  std::string data = ":memory:";
  std::string lifecycle = "fast";
  std::string clock = "real";
  std::optional<std::uint64_t> seed;
  std::string init_dir;  // empty: the usual one, if it is there
  std::vector<std::string> seed_files;
  std::string quotas;  // a file
  std::string log_level = "info";
  std::string log_format = "text";
  // About the environment, logged at the start.
  std::vector<std::string> notices;
  std::vector<std::string> warnings;
};

void add_serve_flags(CLI::App& serve, ServeFlags& flags);

// Serves until SIGTERM or SIGINT. Throws if it cannot start, or if a seed fails.
void serve(const ServeFlags& flags);

}  // namespace papersail
