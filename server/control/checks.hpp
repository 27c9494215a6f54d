// What control requests may bring, beside the members of their bodies (members.hpp).
#pragma once

#include <initializer_list>
#include <string_view>

#include "server/control/control.hpp"

namespace papersail {

// Throws a ControlError of 400 if the request has a body.
void require_no_body(const ControlRequest& request);

// Throws a ControlError of 400 that names it if the query has another member than these.
void require_query_of(const ControlRequest& request, std::initializer_list<std::string_view> known);

}  // namespace papersail
