// The parameters of a managed database and the times at which changes take effect.
#pragma once

#include <optional>
#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns parameterApplyStatus: "applying" shortly after an immediate change, "pending-reboot"
// while a change needs a restart of the engine, otherwise "in-sync".
std::string parameter_apply_status(const Call& call, const Resource& database);

// Returns the engine's value of a parameter at `moment`: the changed value if the change was in
// effect, otherwise the default; "" if there is none.
std::string parameter_at(const Call& call, const Resource& database, const std::string& name,
                         Millis moment);

}  // namespace papersail
