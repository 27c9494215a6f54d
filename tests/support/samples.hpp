// Inputs made from the shapes of the model: ones that fit, and ones with a single flaw.
#pragma once

#include <string>
#include <vector>

#include "server/api/model.hpp"
#include "text/json.hpp"

namespace papersail {

// A value with every member, that fits the shape.
json fitting(const Shape& shape);

// A value with one flaw.
struct Flawed {
  json value;
  std::string path;  // of the flaw, as in error messages: "tags.1.member.key"
  std::string rule;  // that the member breaks: "not be null"
};

// Every flaw that the shape can have: for each member its absence if it is required, a value of
// another type, and a breach of each of its bounds.
std::vector<Flawed> flawed(const Shape& shape);

}  // namespace papersail
