// The rules of tags, for every family that takes them.
#pragma once

#include "text/json.hpp"

namespace papersail {

// Returns `tags`, a list of {"key", "value"?}; a tag without a value keeps none. Throws
// invalid_input for more than fifty, bad characters, lengths, the prefix aws: or a key twice.
const json& valid_tags(const json& tags);

}  // namespace papersail
