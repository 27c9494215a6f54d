#include "handlers/actions.hpp"
namespace papersail {
const std::span<const Action> relational_database_actions = {};
}
