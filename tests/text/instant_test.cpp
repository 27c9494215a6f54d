#include "text/instant.hpp"

#include <doctest/doctest.h>

namespace papersail {

TEST_CASE("instant_text: writes UTC, with milliseconds unless they are zero") {
  CHECK(instant_text(0) == "1970-01-01T00:00:00Z");
  CHECK(instant_text(1767225600000) == "2026-01-01T00:00:00Z");
  CHECK(instant_text(1767225600007) == "2026-01-01T00:00:00.007Z");
  CHECK(instant_text(1709251199999) == "2024-02-29T23:59:59.999Z");
  CHECK(instant_text(latest_instant) == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("instant_of: parses the texts of instant_text, and one to three decimals") {
  for (const Millis moment : {Millis{0}, Millis{1709251199999}, latest_instant}) {
    CHECK(instant_of(instant_text(moment)) == moment);
  }
  CHECK(instant_of("2026-01-01T00:00:00.5Z") == 1767225600500);
  CHECK(instant_of("2026-01-01T00:00:00.05Z") == 1767225600050);
}

TEST_CASE("instant_of: refuses an invalid text") {
  for (const char* text :
       {"", "Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00z",
        "2026-01-01T00:00:00+01:00", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234Z", "2026-01-01T00:00:00.xZ",
        "2026-01-01T00:00:00,5Z", "1969-12-31T23:59:59Z", "2026-01-01T00:00:-1Z",
        "2026-01-01T00:00:00ZZ", "2026-01-01 00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(instant_of(text));
  }
}

}  // namespace papersail
