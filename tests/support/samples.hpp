// Inputs that are generated from the shapes of the model: valid ones, and ones with a single flaw.
#pragma once

#include <string>
#include <vector>

#include "server/api/model.hpp"
#include "text/json.hpp"

namespace papersail {

// Returns a valid value with every member of the shape.
json valid_value(const Shape& shape);

// A value with one flaw.
struct InvalidValue {
  json value;
  std::string path;  // of the flaw, as in error messages: "tags.1.member.key"
  std::string rule;  // violated by the member: "not be null"
};

// Returns a value for every possible flaw: for each member its absence if it is required, a value
// of another type, and a violation of each of its bounds.
std::vector<InvalidValue> invalid_values(const Shape& shape);

}  // namespace papersail
