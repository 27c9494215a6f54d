#include "server/control/resource_shape.hpp"

namespace papersail {
namespace {

// The first member of an action's output that `shape_of` takes for the resource.
template <class ShapeOf>
const Shape* shown_by(Model& model, const std::string& action, ShapeOf shape_of) {
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
  const Shape* one = shown_by(model, "Get" + type, structure);
  return one ? one : shown_by(model, "Get" + type + "s", listed_structure);
}

}  // namespace papersail
