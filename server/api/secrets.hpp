// Members that logs and records must mask: fixtures/secrets.json.
#pragma once

#include <string_view>

namespace papersail {

// True if a member of an input or output is secret; `inside` is the member that contains it, or "".
bool is_secret(std::string_view member, std::string_view inside);

}  // namespace papersail
