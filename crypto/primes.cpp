#include "crypto/primes.hpp"

#include <string_view>

#include "crypto/ssh_stream.hpp"
#include "crypto/ssh_wire.hpp"
#include "fixtures/fixtures.hpp"

namespace papersail::ssh {
namespace {

constexpr int prime_bits = 1024;

// For each index, half the distance from a number of its stream to the next prime: two bytes, the
// high one first. fixtures/make_primes.py makes the file.
std::string_view distances() {
  static const std::string_view table = *fixture("primes.bin");
  return table;
}

BN_ULONG distance(std::uint64_t index) {
  const std::string_view table = distances();
  const BN_ULONG high = static_cast<unsigned char>(table[2 * index]);
  const BN_ULONG low = static_cast<unsigned char>(table[2 * index + 1]);
  return 2 * (high << 8 | low);
}

}  // namespace

std::uint64_t prime_count() {
  return distances().size() / 2;
}

Bn prime(std::uint64_t index) {
  Bn out = number(Stream("prime", index).take(prime_bits / 8));
  for (const int bit : {prime_bits - 1, prime_bits - 2, 0}) {
    require_success(BN_set_bit(out.get(), bit) == 1);
  }
  require_success(BN_add_word(out.get(), distance(index)) == 1);
  return out;
}

}  // namespace papersail::ssh
