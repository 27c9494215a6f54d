// The version of this build. CMake writes the definitions.
#pragma once

#include <string>
#include <string_view>

namespace papersail {

extern const std::string_view version;   // "0.2.0"
extern const std::string_view revision;  // the commit; "" if unknown

// Returns "0.2.0 (083f80e0c)", or "0.2.0" if the commit is unknown.
std::string version_text();

}  // namespace papersail
