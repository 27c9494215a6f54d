#include "server/control/checks.hpp"

#include <algorithm>

namespace papersail {

void require_no_body(const ControlRequest& request) {
  if (!request.text.empty()) throw ControlError{400, "This request must not have a body."};
}

void require_query_of(const ControlRequest& request,
                      std::initializer_list<std::string_view> known) {
  for (const auto& [member, value] : request.query) {
    if (std::find(known.begin(), known.end(), member) == known.end()) {
      throw ControlError{400, "Unknown query parameter \"" + member + "\"."};
    }
  }
}

}  // namespace papersail
