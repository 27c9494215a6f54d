// The primes that RSA keys are made of.
#pragma once

#include <cstdint>

#include "crypto/openssl.hpp"

namespace papersail::ssh {

// The number of primes in the table.
std::uint64_t prime_count();

// The prime of this index, below `prime_count()`: 1024 bits with the two top bits set, so that the
// product of two has 2048 bits. It does not leave remainder 1 when divided by the exponent 65537.
Bn prime(std::uint64_t index);

}  // namespace papersail::ssh
