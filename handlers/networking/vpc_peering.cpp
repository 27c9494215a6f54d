// PeerVpc, UnpeerVpc, IsVpcPeered.
#include "handlers/actions.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

std::string vpc_id(Call& call, const std::string& label) {
  return "vpc-0" +
         call.ids().constant_characters(label + " " + call.region, "0123456789abcdef", 16);
}

// The VPC of the account's Lightsail instances in the region. It exists in the store while it is
// peered. It has a namespace of its own, so that other resources can use its id as a name.
Resource lightsail_vpc(Call& call) {
  const std::string id = vpc_id(call, "lightsail vpc");
  return {0,
          call.region + " vpc",
          type::peered_vpc,
          id,
          {{"name", id}, {"location", {{"availabilityZone", "all"}, {"regionName", call.region}}}},
          {}};
}

// Recorded: the details name the account's default VPC. papersail has no VPCs and assumes that
// there is one.
json done(Call& call, const char* type, const Resource& vpc) {
  return operation(call.succeeded(type, vpc, vpc_id(call, "default vpc")));
}

// Peering a peered VPC is no error.
json peer_vpc(Call& call) {
  Resource vpc = lightsail_vpc(call);
  if (!call.store.has(vpc.region, vpc.name)) call.create(vpc);
  return done(call, "PeeredVpc", vpc);
}

json unpeer_vpc(Call& call) {
  const Resource vpc = lightsail_vpc(call);
  if (const auto peered = call.store.find(vpc.region, vpc.name)) call.store.remove(*peered);
  return done(call, "UnpeeredVpc", vpc);
}

json is_vpc_peered(Call& call) {
  const Resource vpc = lightsail_vpc(call);
  return {{"isPeered", call.store.has(vpc.region, vpc.name)}};
}

constexpr Action actions[] = {
    {"IsVpcPeered", is_vpc_peered},
    {"PeerVpc", peer_vpc},
    {"UnpeerVpc", unpeer_vpc},
};

}  // namespace

const std::span<const Action> vpc_peering_actions = actions;

}  // namespace papersail
