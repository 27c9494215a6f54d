// Everything random that an account shows: ids, addresses, passwords, key seeds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// A repeatable stream of an account: the same seed and the same calls give the same bytes. Its
// position is the account's sequence number, stored with the account so that a restart goes on
// where it stopped.
class Ids {
 public:
  Ids(std::uint64_t seed, std::uint64_t sequence) : seed_(seed), sequence_(sequence) {}

  std::uint64_t sequence() const { return sequence_; }
  void rewind(std::uint64_t sequence) { sequence_ = sequence; }

  // The next 64 bits.
  std::uint64_t next();
  // "6c5a1b44-6f1e-4d0e-9a3b-2f6d1c0e8b7a" (version 4).
  std::string uuid();
  // The same, beginning with the moment, so that an index of such ids grows at its end alone.
  std::string uuid_at(Millis moment);
  // Lower-case hexadecimal digits.
  std::string hex(int digits);
  // Characters drawn from `alphabet`.
  std::string characters(std::string_view alphabet, int count);

  // The same for every call with this `label`: what an account keeps for good, such as the number
  // before the slash of its support codes.
  std::uint64_t constant(std::string_view label) const;
  std::string constant_digits(std::string_view label, int count) const;
  std::string constant_characters(std::string_view label, std::string_view alphabet,
                                  int count) const;

 private:
  std::uint64_t seed_;
  std::uint64_t sequence_;
};

// A well mixed 64-bit hash of `text`, the same on every machine.
std::uint64_t hash_of(std::string_view text);

}  // namespace papersail
