// The command `papersail serve`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/access_flags.hpp"
#include "server/log.hpp"
#include "state/account.hpp"

namespace CLI {
class App;
}

namespace papersail {

// The options of `serve`, parsed: the files of --lifecycle, --quotas and --credentials are read
// while the command line is read.
struct ServeFlags {
  ServerOptions options;
  AccessFlags access;
  std::string data = ":memory:";
  std::optional<Lifecycle> lifecycle;  // nullopt: "fast"
  Clock clock = Clock::real();
  std::optional<std::uint64_t> seed;
  std::string init_dir;  // empty: /etc/papersail/init.d, which may be missing
  std::vector<std::string> seed_files;
  Quotas quotas;
  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::text;
  // Messages about environment variables, logged at startup.
  std::vector<std::string> notices;
  std::vector<std::string> warnings;
};

void add_serve_flags(CLI::App& serve, ServeFlags& flags);

// Serves until SIGTERM or SIGINT. Throws if the server cannot start or a seed fails.
void serve(const ServeFlags& flags);

}  // namespace papersail
