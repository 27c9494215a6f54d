#include "tests/emulator.hpp"

namespace papersail {

TEST_CASE_FIXTURE(Emulator, "GetRegions: both lists of zones are empty unless asked for") {
  const json regions = call("GetRegions")["regions"];
  CHECK(regions.size() == 19);
  CHECK(regions[0]["availabilityZones"].empty());
  CHECK(regions[0]["relationalDatabaseAvailabilityZones"].empty());
  const json zones = call("GetRegions", {{"includeAvailabilityZones", true}})["regions"][0];
  CHECK(zones["availabilityZones"][0] ==
        json({{"zoneName", "us-east-1a"}, {"state", "available"}}));
  CHECK(zones["relationalDatabaseAvailabilityZones"].empty());
}

}  // namespace papersail
