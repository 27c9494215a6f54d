#include "handlers/actions.hpp"
namespace papersail {
const std::span<const Action> key_pair_actions = {};
}
