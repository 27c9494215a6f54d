// RFC 7396 on JSON text.
#pragma once

#include <string>
#include <string_view>

#include "text/json.hpp"

namespace papersail {

// `document`, an object's compact text as `write` makes it, with `patch` merged into it. What the
// patch does not name is copied as it stands, unread.
std::string merge_patched(std::string_view document, const json& patch);

}  // namespace papersail
