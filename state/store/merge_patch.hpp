// JSON Merge Patch (RFC 7396) on JSON text.
#pragma once

#include <string>
#include <string_view>

#include "text/json.hpp"

namespace papersail {

// Returns `document` with `patch` merged into it. `document` is the compact text of an object as
// `write` returns it. Members that the patch does not name are copied without being parsed.
std::string merge_patched(std::string_view document, const json& patch);

}  // namespace papersail
