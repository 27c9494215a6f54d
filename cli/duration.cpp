#include "cli/duration.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

namespace papersail {
namespace {

struct Unit {
  std::string_view name;
  Millis size;
};
constexpr Unit units[] = {{"ms", 1},      {"s", seconds(1)}, {"m", minutes(1)}, {"h", hours(1)},
                          {"d", days(1)}, {"w", days(7)},    {"", seconds(1)}};

constexpr Millis longest = days(365) * 1000;

Millis unit(std::string_view name) {
  for (const Unit& one : units) {
    if (one.name == name) return one.size;
  }
  return 0;
}

}  // namespace

Millis parse_duration(std::string_view text) {
  const std::invalid_argument wrong("invalid duration \"" + std::string(text) +
                                    "\" (examples: 45s, 15m, 1h30m, 2d)");
  std::string_view rest = text;
  Millis out = 0;
  do {
    Millis count = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (read.ec != std::errc() || count < 0) throw wrong;
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    const auto name = rest.substr(0, rest.find_first_of("0123456789"));
    rest.remove_prefix(name.size());
    const Millis size = unit(name);
    if (size == 0 || count > longest / size) throw wrong;
    out += count * size;
  } while (!rest.empty());
  if (out > longest) throw wrong;
  return out;
}

}  // namespace papersail
