#include "server/api/secrets.hpp"

#include <algorithm>
#include <string>

#include "fixtures/fixtures.hpp"
#include "text/json.hpp"

namespace papersail {

bool is_secret(std::string_view member, std::string_view inside) {
  static const json names = parse_json(*fixture("secrets.json")).at("members");
  const auto matches = [&](const json& name) {
    return name == member || name == std::string(inside) + '.' + std::string(member);
  };
  return std::any_of(names.begin(), names.end(), matches);
}

}  // namespace papersail
