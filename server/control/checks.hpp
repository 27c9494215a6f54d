// Checks of control requests, apart from the members of their bodies (text/strict_object.hpp).
#pragma once

#include <initializer_list>
#include <string_view>

#include "server/control/control.hpp"

namespace papersail {

// Throws ControlError 400 if the request has a body.
void require_no_body(const ControlRequest& request);

// Throws ControlError 400 if the query has a parameter that is not in `known`: without a misspelled
// filter, the request would apply to more than was meant.
void require_known_parameters(const ControlRequest& request,
                              std::initializer_list<std::string_view> known);

}  // namespace papersail
