// An account's clock in words.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// Returns "stands still", "60 times as fast as real time" and so on.
std::string clock_mode(const json& clock);
// Returns "The clock stands still at 2026-01-01T00:00:00Z." and so on.
std::string clock_sentence(const json& clock);

}  // namespace papersail
