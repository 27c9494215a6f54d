// `papersail serve`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/access/access_flags.hpp"

namespace CLI {
class App;
}

namespace papersail {

struct ServeFlags {
  Listening where;
  AccessFlags access;
  std::string data;
  std::string lifecycle = "fast";
  std::string clock = "real";
  std::optional<std::uint64_t> seed;
  std::string init_dir;  // empty: the usual one, if it is there
  std::vector<std::string> seed_files;
  std::string quotas;  // a file
  std::string log_level = "info";
  std::string log_format = "text";
};

void add_serve_flags(CLI::App& serve, ServeFlags& flags);

// Serves until it is told to end. Throws what keeps it from that, a bad seed among them.
void serve(const ServeFlags& flags);

}  // namespace papersail
