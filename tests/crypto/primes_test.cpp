#include "crypto/primes.hpp"

#include <doctest/doctest.h>

#include <set>

#include "crypto/ssh.hpp"

namespace papersail::ssh {

TEST_CASE("prime: returns primes of 1024 bits that fit the exponent") {
  REQUIRE(prime_count() >= 4096);
  for (std::uint64_t index = 0; index < prime_count(); index += prime_count() / 16) {
    CAPTURE(index);
    const Bn value = prime(index);
    CHECK(BN_num_bits(value.get()) == 1024);
    CHECK(BN_is_bit_set(value.get(), 1022) == 1);
    CHECK(BN_mod_word(value.get(), 65537) > 1);
    CHECK(BN_check_prime(value.get(), nullptr, nullptr) == 1);
  }
}

TEST_CASE("prime: returns another prime for each index") {
  std::set<BN_ULONG> remainders;  // by a large prime: two equal primes would have the same one
  for (std::uint64_t index = 0; index < prime_count(); ++index) {
    remainders.insert(BN_mod_word(prime(index).get(), 18446744073709551557u));
  }
  CHECK(remainders.size() == prime_count());
}

TEST_CASE("make_rsa: makes another key for each seed, and the same for the same seed") {
  std::set<std::string> keys;
  for (std::uint64_t seed = 0; seed < 100; ++seed) keys.insert(make_rsa(seed).public_text);
  CHECK(keys.size() == 100);
  CHECK(keys.contains(make_rsa(42).public_text));
}

}  // namespace papersail::ssh
