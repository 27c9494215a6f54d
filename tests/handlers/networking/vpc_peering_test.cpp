#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Peering : Emulator {
  bool peered() { return call("IsVpcPeered")["isPeered"]; }
};

bool is_vpc_id(const std::string& id) {
  return id.size() == 21 && id.starts_with("vpc-0") &&
         id.find_first_not_of("0123456789abcdef", 4) == std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(Peering, "PeerVpc: returns an operation in the recorded form") {
  const json operation = call("PeerVpc")["operation"];
  CHECK(operation["operationType"] == "PeeredVpc");
  CHECK(operation["resourceType"] == "PeeredVpc");
  CHECK(operation["status"] == "Succeeded");
  CHECK(operation["isTerminal"] == true);
  CHECK(operation["location"] == json({{"availabilityZone", "all"}, {"regionName", "us-east-1"}}));
  CHECK(is_vpc_id(operation["resourceName"]));
  CHECK(is_vpc_id(operation["operationDetails"]));
  CHECK(operation["resourceName"] != operation["operationDetails"]);
}

TEST_CASE_FIXTURE(Peering, "UnpeerVpc: undoes PeerVpc and returns the names of the same two VPCs") {
  CHECK_FALSE(peered());
  const json there = call("PeerVpc")["operation"];
  CHECK(peered());
  const json back = call("UnpeerVpc")["operation"];
  CHECK_FALSE(peered());
  CHECK(back["operationType"] == "UnpeeredVpc");
  CHECK(back["status"] == "Succeeded");
  CHECK(back["resourceName"] == there["resourceName"]);
  CHECK(back["operationDetails"] == there["operationDetails"]);
  const json history =
      call("GetOperationsForResource", {{"resourceName", there["resourceName"]}})["operations"];
  CHECK(history.size() == 2);
}

TEST_CASE_FIXTURE(Peering, "PeerVpc, UnpeerVpc: change nothing when repeated") {
  call("UnpeerVpc");
  CHECK_FALSE(peered());
  call("PeerVpc");
  call("PeerVpc");
  CHECK(peered());
  call("UnpeerVpc");
  CHECK_FALSE(peered());
}

TEST_CASE_FIXTURE(Peering, "PeerVpc: applies to one region of one account and uses no name") {
  call("PeerVpc");
  CHECK(call("GetActiveNames")["activeNames"].empty());
  act_as("test", "eu-west-1");
  CHECK_FALSE(peered());
  act_as("123456789012");
  CHECK_FALSE(peered());
}

}  // namespace papersail
