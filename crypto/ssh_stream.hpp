// The bytes that keys, nonces and padding are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace papersail::ssh {

// Endless bytes, fixed by a purpose and a seed: SHA-256 in counter mode. We use our own stream
// rather than a seeded OpenSSL generator, since that has to be swapped for the whole process and
// key generation draws from it differently from one OpenSSL version to the next.
class Stream {
 public:
  Stream(std::string_view purpose, std::uint64_t seed);
  // The next `count` bytes.
  std::string take(std::size_t count);

 private:
  std::string prefix_;
  std::string buffer_;
  std::uint64_t counter_ = 0;
};

}  // namespace papersail::ssh
