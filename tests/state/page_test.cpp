#include "state/page.hpp"

#include <doctest/doctest.h>

#include "state/error.hpp"

namespace papersail {

TEST_CASE("last_key_of: returns the key of a token, whatever bytes it has") {
  for (const std::string key : {"1", "9223372036854775807", "web-1", "ä\n\xff", " "}) {
    CHECK(last_key_of("list", page_token("list", key)) == key);
  }
  const std::string with_nul("a\0b", 3);
  CHECK(last_key_of("list", page_token("list", with_nul)) == with_nul);
}

TEST_CASE("last_key_of: refuses a changed token, and one of another list") {
  const std::string token = page_token("us-east-1 Disk", "42");
  for (std::size_t i = 0; i < token.size(); ++i) {
    CHECK_THROWS_AS(last_key_of("us-east-1 Disk", token.substr(0, i)), ApiError);
    CHECK_THROWS_AS(last_key_of("us-east-1 Disk", token.substr(i + 1)), ApiError);
    std::string other = token;
    other[i] = other[i] == '0' ? '1' : '0';
    CHECK_THROWS_AS(last_key_of("us-east-1 Disk", other), ApiError);
    other[i] = 'A';  // upper-case hexadecimal is invalid
    CHECK_THROWS_AS(last_key_of("us-east-1 Disk", other), ApiError);
    other[i] = '\xff';
    CHECK_THROWS_AS(last_key_of("us-east-1 Disk", other), ApiError);
  }
  CHECK_THROWS_AS(last_key_of("us-east-1 Disk", token + "00"), ApiError);
  CHECK_THROWS_AS(last_key_of("eu-west-1 Disk", token), ApiError);
  CHECK_THROWS_AS(last_key_of("us-east-1 Instance", token), ApiError);
  CHECK_THROWS_WITH_AS(last_key_of("list", "none"), "The page token is invalid: none", ApiError);
}

}  // namespace papersail
