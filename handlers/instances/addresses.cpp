#include "handlers/instances/addresses.hpp"

#include <charconv>
#include <cstdint>

#include "handlers/catalog.hpp"

namespace papersail {
namespace {

constexpr std::uint64_t subnet = 1 << 12;  // addresses in a zone, a /20
// Reserved in every subnet of a VPC: the first four addresses, and the last one.
constexpr std::uint64_t first_host = 4, hosts = subnet - first_host - 1;

// Excludes 0 and 255, which would look like network and broadcast addresses.
std::string octet(Ids& ids) {
  return std::to_string(1 + ids.next() % 254);
}

// Returns the place of the zone among those of its region; 0 for an unknown one, which only the
// control API can set.
std::uint64_t index_of(const std::string& region, const std::string& zone) {
  std::uint64_t index = 0;
  for (const json& candidate : region_entry(region).at("availabilityZones")) {
    if (candidate.at("zoneName") == zone) return index;
    ++index;
  }
  return 0;
}

std::string private_text(std::uint64_t number) {
  return "172.26." + std::to_string(number >> 8) + "." + std::to_string(number & 255);
}

// Returns the last groups of an IPv6 address: ":2153:4b00".
std::string groups_of(std::uint64_t bits, int groups) {
  std::string out;
  while (groups-- > 0) {
    char text[4];
    const auto end = std::to_chars(text, std::end(text), bits >> (16 * groups) & 0xffff, 16).ptr;
    out.append(":").append(text, end);
  }
  return out;
}

}  // namespace

std::string public_ipv4(Ids& ids, const std::string& region) {
  const std::string prefix = region_entry(region).at("_ipv4Prefix");  // "3.80"
  const std::string third = octet(ids);
  return prefix + "." + third + "." + octet(ids);
}

// Recorded: the zones of a region have consecutive subnets, and no two machines share an address.
// The number of addresses is a prime, so ids that are nearer than that give different ones.
std::string private_ipv4(Call& call, const std::string& zone) {
  constexpr std::uint64_t step = 1103;  // so that consecutive ids have distant addresses
  const std::uint64_t offset = call.ids().constant("private network " + call.region) % hosts;
  const auto id = static_cast<std::uint64_t>(call.store.coming_id());
  const std::uint64_t host = (id * step + offset) % hosts;
  return private_text(index_of(call.region, zone) * subnet + first_host + host);
}

// Recorded: an account has a /56 in a region, and each zone a /64 of it.
std::string public_ipv6(Call& call, const std::string& zone) {
  const std::uint64_t network = call.ids().constant("ipv6 network " + call.region) & 0xffffff;
  const std::string prefix = region_entry(call.region).at("_ipv6Prefix");  // "2600:1f18"
  return prefix + groups_of(network << 8 | index_of(call.region, zone), 2) +
         groups_of(call.ids().next(), 4);
}

}  // namespace papersail
