#include "crypto/ssh_stream.hpp"

#include "crypto/openssl.hpp"
#include "crypto/ssh_wire.hpp"

namespace papersail::ssh {

Stream::Stream(std::string_view purpose, std::uint64_t seed) : prefix_(purpose) {
  prefix_ += be64(seed);
}

std::string Stream::take(std::size_t count) {
  while (buffer_.size() < count) buffer_ += digest(EVP_sha256(), prefix_ + be64(counter_++));
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

}  // namespace papersail::ssh
