#include "handlers/instances/addresses.hpp"

#include "handlers/catalog.hpp"

namespace papersail {
namespace {

// Excludes 0 and 255, which would look like network and broadcast addresses.
std::string octet(Ids& ids) {
  return std::to_string(1 + ids.next() % 254);
}

}  // namespace

std::string public_ipv4(Ids& ids, const std::string& region) {
  const std::string prefix = region_entry(region).at("_ipv4Prefix");  // "3.80"
  const std::string third = octet(ids);
  return prefix + "." + third + "." + octet(ids);
}

std::string private_ipv4(Ids& ids) {
  const std::string third = octet(ids);
  return "172.26." + third + "." + octet(ids);
}

std::string public_ipv6(Ids& ids, const std::string& region) {
  std::string out = region_entry(region).at("_ipv6Prefix");  // "2600:1f18"
  for (int group = 0; group < 6; ++group) out.append(":").append(ids.hex(4));
  return out;
}

}  // namespace papersail
