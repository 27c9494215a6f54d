// The decoding of inputs. tests/server/http/refusals_test.cpp has bodies that are not JSON, and
// tests/server/api/model_test.cpp all violations of the model.
#include "server/dispatch/input.hpp"

#include <doctest/doctest.h>

#include "server/api/model.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

struct Inputs {
  Model model;
  std::vector<std::string> unread;

  json decode(std::string_view action, std::string_view body) {
    return decode_input(*model.action(action)->input, body, unread);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Inputs, "decode_input: reads an empty body as an empty object") {
  CHECK(decode("GetRegions", "") == json::object());
}

TEST_CASE_FIXTURE(Inputs, "decode_input: removes null members and reports unknown ones") {
  CHECK(decode("GetRegions", R"({"includeAvailabilityZones":null,"colour":"red"})") ==
        json::object());
  CHECK(unread == std::vector<std::string>{"colour"});
}

TEST_CASE_FIXTURE(Inputs, "decode_input: names all violations in one message") {
  CHECK_THROWS_WITH_AS(decode("CreateDisk", R"({"diskName":"data","sizeInGb":"8"})"),
                       doctest::Contains("2 validation errors detected: "), ApiError);
}

}  // namespace papersail
