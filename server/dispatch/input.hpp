// Decodes and validates the input of a call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace papersail {

struct Shape;  // server/api/model.hpp

// Parses the body of a request and returns it without null and unknown members; `unread` receives
// the unknown ones. Throws the ApiError of the service if it is not JSON or does not fit the shape.
json decode_input(const Shape& shape, std::string_view body, std::vector<std::string>& unread);

}  // namespace papersail
