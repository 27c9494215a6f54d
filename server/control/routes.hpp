// The families of the control API, one table each, in the file of the same name.
#pragma once

#include <span>

#include "server/control/control.hpp"

namespace papersail {

extern const std::span<const Route> account_routes;     // control_accounts.cpp
extern const std::span<const Route> checkpoint_routes;  // control_checkpoints.cpp
extern const std::span<const Route> clock_routes;       // control_clock.cpp
extern const std::span<const Route> resource_routes;    // control_resources.cpp
extern const std::span<const Route> server_routes;      // control_server.cpp

extern const std::span<const Route> fault_routes;    // control_faults.cpp
extern const std::span<const Route> metric_routes;   // control_metrics.cpp
extern const std::span<const Route> request_routes;  // control_requests.cpp

}  // namespace papersail
