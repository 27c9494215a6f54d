// What is not to be shown to anybody who looks on: fixtures/secrets.json.
#pragma once

#include <string_view>

namespace papersail {

// Whether a member of an input or an output is one; `inside` is the member that it stands in, or
// "".
bool is_secret(std::string_view member, std::string_view inside);

}  // namespace papersail
