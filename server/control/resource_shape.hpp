// Finds the shape of a resource's document.
#pragma once

#include <string>

#include "server/api/model.hpp"

namespace papersail {

// Returns the shape of this resource type in the output of Get<type> or Get<type>s; null if neither
// action has one.
const Shape* resource_shape(Model& model, const std::string& type);

}  // namespace papersail
