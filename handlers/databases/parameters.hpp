// The parameters of a managed database and when changes of them take effect.
#pragma once

#include <optional>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The document's parameterApplyStatus: "applying" for a moment after an immediate change,
// "pending-reboot" while a change waits for the engine to start again, else "in-sync".
std::string parameter_apply_status(const Call& call, const Resource& database);

// The value that the engine worked with at `moment`: a change's, once in effect, else the default;
// "" if there is none.
std::string parameter_at(const Call& call, const Resource& database, const std::string& name,
                         Millis moment);

}  // namespace papersail
