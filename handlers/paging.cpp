#include "handlers/paging.hpp"

#include <algorithm>
#include <utility>

namespace papersail {

Page keyed_page(const Call& call, const std::string& list, std::vector<Keyed> elements,
                std::size_t size) {
  const std::string name = call.region + ' ' + list;
  const std::string token = call.page_token();
  const std::string last = token.empty() ? "" : last_key_of(name, token);
  auto next = std::find_if(elements.begin(), elements.end(),
                           [&](const Keyed& one) { return token.empty() || one.key > last; });
  Page page;
  for (; next != elements.end(); ++next) {
    if (page.elements.size() == size) {
      page.next_token = page_token(name, std::prev(next)->key);
      break;
    }
    page.elements.push_back(std::move(next->element));
  }
  return page;
}

}  // namespace papersail
