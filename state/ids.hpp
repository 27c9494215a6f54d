// The source of an account's random values: ids, addresses, passwords, seeds of keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// A reproducible stream of random values: the same seed and the same calls give the same bytes. The
// database of the account contains the position (the sequence number), so a restart continues the
// stream.
class Ids {
 public:
  Ids(std::uint64_t seed, std::uint64_t sequence) : seed_(seed), sequence_(sequence) {}

  std::uint64_t sequence() const { return sequence_; }
  void rewind(std::uint64_t sequence) { sequence_ = sequence; }

  // Returns the next 64 bits.
  std::uint64_t next();
  // Returns a UUID of version 4: "6c5a1b44-6f1e-4d0e-9a3b-2f6d1c0e8b7a".
  std::string uuid();
  // Returns a UUID that starts with the moment, so that new ids go to the end of an index.
  std::string uuid_at(Millis moment);
  // Returns `digits` lower-case hexadecimal digits.
  std::string hex(int digits);
  // Returns `count` characters of `alphabet`.
  std::string characters(std::string_view alphabet, int count);

  // Return the same value for each call with the same `label`, for constants of an account such as
  // the number before the slash of its support codes. They do not advance the stream.
  std::uint64_t constant(std::string_view label) const;
  std::string constant_digits(std::string_view label, int count) const;
  std::string constant_characters(std::string_view label, std::string_view alphabet,
                                  int count) const;

 private:
  std::uint64_t seed_;
  std::uint64_t sequence_;
};

}  // namespace papersail
