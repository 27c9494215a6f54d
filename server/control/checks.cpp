#include "server/control/checks.hpp"

#include <algorithm>

namespace papersail {

void require_no_body(const ControlRequest& request) {
  if (!request.text.empty()) throw ControlError{400, "This request must not have a body."};
}

void require_known_parameters(const ControlRequest& request,
                              std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.query) {
    if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) {
      throw ControlError{400, "Unknown query parameter \"" + name + "\"."};
    }
  }
}

}  // namespace papersail
