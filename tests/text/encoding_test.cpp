#include "text/encoding.hpp"

#include <doctest/doctest.h>

namespace papersail {

TEST_CASE("hex: writes two lower-case digits for each byte") {
  CHECK(hex("") == "");
  CHECK(hex({"\x00\x7f\xff", 3}) == "007fff");
  CHECK(hex({"\x00\x7f\xff", 3}, ":") == "00:7f:ff");
}

TEST_CASE("hex_decoded: reads the text of hex in either case") {
  CHECK(hex_decoded("") == "");
  CHECK(hex_decoded("007fFF") == std::string("\x00\x7f\xff", 3));
}

TEST_CASE("hex_decoded: refuses other texts") {
  for (const char* text : {"0", "000", "0g", "g0", "0:", "-1", " 1"}) {
    CAPTURE(text);
    CHECK_FALSE(hex_decoded(text));
  }
}

TEST_CASE("percent_encoded: encodes all bytes except letters, digits and -._~") {
  CHECK(percent_encoded("aZ09-._~") == "aZ09-._~");
  CHECK(percent_encoded("a b/c%") == "a%20b%2Fc%25");
  CHECK(percent_encoded("ü\xff") == "%C3%BC%FF");
}

TEST_CASE("percent_decoded: decodes the text of percent_encoded, in either case") {
  CHECK(percent_decoded("a%20b%2fc%2F%25") == "a b/c/%");
  CHECK(percent_decoded(percent_encoded("ü\xff")) == "ü\xff");
}

TEST_CASE("percent_decoded: leaves invalid codes unchanged") {
  for (const char* text : {"%", "%4", "%4g", "%g4", "100%", "a%%"}) {
    CHECK(percent_decoded(text) == text);
  }
}

}  // namespace papersail
