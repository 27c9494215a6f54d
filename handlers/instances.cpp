#include "handlers/actions.hpp"
namespace papersail {
const std::span<const Action> instance_actions = {};
}
