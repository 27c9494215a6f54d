#include "server/control/resource_shape.hpp"

namespace papersail {
namespace {

// Returns the shape of the first member of the action's output for which `shape_of` is not null.
template <class ShapeOf>
const Shape* shape_in_output(Model& model, const std::string& action, ShapeOf shape_of) {
  const ActionModel* found = model.action(action);
  if (!found) return nullptr;
  for (const Member& member : found->output->members) {
    if (const Shape* shape = shape_of(*member.shape)) return shape;
  }
  return nullptr;
}

const Shape* structure(const Shape& shape) {
  return shape.kind == Kind::structure ? &shape : nullptr;
}

const Shape* listed_structure(const Shape& shape) {
  return shape.kind == Kind::list ? structure(*shape.element) : nullptr;
}

}  // namespace

const Shape* resource_shape(Model& model, const std::string& type) {
  const Shape* one = shape_in_output(model, "Get" + type, structure);
  return one ? one : shape_in_output(model, "Get" + type + "s", listed_structure);
}

}  // namespace papersail
