// Reproducible bytes for keys, nonces and padding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace papersail::ssh {

// An endless stream of bytes that purpose and seed determine: SHA-256 in counter mode. A seeded
// OpenSSL generator would not do: it would have to be replaced for the whole process, and key
// generation uses it differently in each OpenSSL version.
class Stream {
 public:
  Stream(std::string_view purpose, std::uint64_t seed);
  // Returns the next `count` bytes.
  std::string take(std::size_t count);

 private:
  std::string prefix_;
  std::string buffer_;
  std::uint64_t counter_ = 0;
};

}  // namespace papersail::ssh
