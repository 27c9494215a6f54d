#include "state/operation.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

const Operation attach = {"0-1", "AttachDisk", "us-east-1", "us-east-1a", "data",        "Disk",
                          "web", 5500,         7000,        "Oops",       "it \"broke\""};

json at(const Operation& operation, Millis now) {
  return json::parse(to_json(operation, now));
}

}  // namespace

TEST_CASE("Operation: to_json returns a Started operation before its end") {
  const json expected = {
      {"id", "0-1"},
      {"operationType", "AttachDisk"},
      {"location", {{"regionName", "us-east-1"}, {"availabilityZone", "us-east-1a"}}},
      {"resourceName", "data"},
      {"resourceType", "Disk"},
      {"operationDetails", "web"},
      {"createdAt", 5.5},
      {"statusChangedAt", 5.5},
      {"status", "Started"},
      {"isTerminal", false}};
  CHECK(at(attach, 5500) == expected);
  CHECK(at(attach, 6999) == expected);
}

TEST_CASE("Operation: to_json returns a terminal operation after its end") {
  json expected = at(attach, 0);
  expected.update({{"status", "Failed"},
                   {"isTerminal", true},
                   {"statusChangedAt", 7.0},
                   {"errorCode", "Oops"},
                   {"errorDetails", "it \"broke\""}});
  CHECK(at(attach, 7000) == expected);
  Operation well = attach;
  well.error_code = well.error_details = "";
  CHECK(at(well, 7000).at("status") == "Succeeded");
  CHECK_FALSE(at(well, 7000).contains("errorCode"));
}

TEST_CASE("Operation: to_json omits a missing zone and missing details, but not empty details") {
  Operation bare = attach;
  bare.zone = "";
  bare.details = "";
  CHECK(at(bare, 0).at("operationDetails") == "");
  CHECK(at(bare, 0).at("location") == json({{"regionName", "us-east-1"}}));
  bare.details = std::nullopt;
  CHECK_FALSE(at(bare, 0).contains("operationDetails"));
}

TEST_CASE("append_timestamp: appends the text of timestamp") {
  for (const Millis moment : {0, 1, 10, 100, 999, 1000, 1001, 1500, 1999, 123'456'789}) {
    std::string text;
    append_timestamp(text, moment + 1'767'225'600'000);
    CHECK(text == timestamp(moment + 1'767'225'600'000).dump());
  }
}

}  // namespace papersail
