// The rules of tags for all types of resources.
#pragma once

#include "text/json.hpp"

namespace papersail {

// Returns `tags`, a list of {"key", "value"?}; a tag without a value stays without one. Throws
// invalid_input for more than fifty tags, invalid characters or lengths, the prefix aws: or a
// repeated key.
const json& valid_tags(const json& tags);

}  // namespace papersail
