// Hashes that are identical on every machine. They protect against no attacker.
#pragma once

#include <cstdint>
#include <string_view>

namespace papersail {

// The output function of SplitMix64 (Steele, Lea and Flood, 2014): maps neighbouring numbers to
// unrelated ones.
constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// Returns a well mixed 64-bit hash of `text`.
constexpr std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return mixed(hash);
}

}  // namespace papersail
