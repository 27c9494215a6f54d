// The command `papersail serve`.
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
  std::string init_dir;  // empty: /etc/papersail/init.d, which may be missing
  std::vector<std::string> seed_files;
  std::string quotas;  // path of a file
  std::string log_level = "info";
  std::string log_format = "text";
  // Messages about environment variables, logged at startup.
  std::vector<std::string> notices;
  std::vector<std::string> warnings;
};

void add_serve_flags(CLI::App& serve, ServeFlags& flags);

// Serves until SIGTERM or SIGINT. Throws if the server cannot start or a seed fails.
void serve(const ServeFlags& flags);

}  // namespace papersail
