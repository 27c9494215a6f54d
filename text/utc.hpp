// Moments as people read them.
#pragma once

#include <string>

#include "text/time.hpp"

namespace papersail {

// The moment in UTC, as strftime writes it: "2026-01-01T00:10:00Z" unless told otherwise. Parts of
// a second are left out.
std::string utc_text(Millis moment, const char* format = "%Y-%m-%dT%H:%M:%SZ");

}  // namespace papersail
