// The shape of a resource's document.
#pragma once

#include <string>

#include "server/api/model.hpp"

namespace papersail {

// The shape in which the API shows resources of this type: that of what Get<type> or Get<type>s
// answers with. Null where neither says.
const Shape* resource_shape(Model& model, const std::string& type);

}  // namespace papersail
