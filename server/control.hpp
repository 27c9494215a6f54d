// papersail's own API, under /_papersail/, and the aliases that people coming from elsewhere
// expect.
#pragma once

#include <optional>
#include <string_view>

#include "server/dispatch.hpp"

namespace papersail {

constexpr std::string_view version = "0.1.0";

// The answer to a request that is not an action's; none if the path is not ours.
std::optional<Answer> control_answer(std::string_view method, std::string_view path);

}  // namespace papersail
