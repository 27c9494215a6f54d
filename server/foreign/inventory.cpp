#include "server/foreign/inventory.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "state/page.hpp"
#include "text/json.hpp"

namespace papersail {

std::vector<Resource> resources_of(Account* account, std::string_view region,
                                   std::string_view type) {
  std::vector<Resource> out;
  if (!account) return out;
  Page page;
  do {
    page = account->store.inventory().list(region, type, page.next_token);
    for (const json& entry : page.elements) {
      const auto text = [&](const char* member) { return entry.at(member).get<std::string>(); };
      out.push_back(account->store.get(text("region"), text("type"), text("name")));
    }
  } while (!page.next_token.empty());
  std::sort(out.begin(), out.end(), [](const Resource& one, const Resource& other) {
    return std::tie(one.name, one.region) < std::tie(other.name, other.region);
  });
  return out;
}

}  // namespace papersail
