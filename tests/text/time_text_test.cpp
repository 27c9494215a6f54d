#include "text/time_text.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace papersail {

TEST_CASE("utc_text: writes the second of a moment in each format") {
  const Millis moment = 1440938160007;
  CHECK(utc_text(moment) == "2015-08-30T12:36:00Z");
  CHECK(utc_text(moment, basic_iso_format) == "20150830T123600Z");
  CHECK(utc_text(moment, date_format) == "2015-08-30");
  CHECK(utc_text(moment, http_format) == "Sun, 30 Aug 2015 12:36:00 GMT");
}

TEST_CASE("utc_text: writes every value of Millis") {
  using Limits = std::numeric_limits<Millis>;
  CHECK(utc_text(-1) == "1969-12-31T23:59:59Z");
  CHECK(utc_text(latest_instant + 1) == "10000-01-01T00:00:00Z");
  CHECK(utc_text(days(366) * 40'000, date_format) == "42052-12-16");  // beyond chrono's years
  CHECK(utc_text(Limits::max()) == "292278994-08-17T07:12:55Z");
  CHECK(utc_text(Limits::min()) == "-292275055-05-16T16:47:04Z");
  CHECK(instant_text(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(instant_text(Limits::max()) == "292278994-08-17T07:12:55.807Z");
}

TEST_CASE("utc_moment: parses the texts of utc_text") {
  for (const char* format : {iso_format, basic_iso_format, http_format}) {
    CAPTURE(format);
    CHECK(utc_moment(utc_text(1440938160000, format), format) == 1440938160000);
  }
}

TEST_CASE("utc_moment: refuses an invalid text") {
  for (const char* text : {"", "20150830", "20150830T123600", "20150830T123600Zx",
                           "20150230T123600Z", "20150830T243600Z", "20150830T123660Z"}) {
    CAPTURE(text);
    CHECK_FALSE(utc_moment(text, basic_iso_format));
  }
}

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
