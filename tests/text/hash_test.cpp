#include "text/hash.hpp"

#include <doctest/doctest.h>

namespace papersail {

TEST_CASE("mixed: returns the numbers of SplitMix64") {
  CHECK(mixed(0) == 0xe220a8397b1dcdaf);                   // the first number of the seed 0
  CHECK(mixed(0x9e3779b97f4a7c15) == 0x6e789e6aa1b965f4);  // its second
}

TEST_CASE("hash_of: returns the same hash on every machine") {
  CHECK(hash_of("papersail") == 0xc46d95e6ef7ea692);
  CHECK(hash_of("") != hash_of({"\0", 1}));
}

}  // namespace papersail
