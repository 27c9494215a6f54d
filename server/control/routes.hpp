// The route tables of the control API, each in the source file of its name.
#pragma once

#include <span>

#include "server/control/control.hpp"

namespace papersail {

extern const std::span<const Route> account_routes;     // accounts.cpp
extern const std::span<const Route> checkpoint_routes;  // checkpoints.cpp
extern const std::span<const Route> clock_routes;       // clock.cpp
extern const std::span<const Route> resource_routes;    // resources.cpp
extern const std::span<const Route> server_routes;      // server.cpp

extern const std::span<const Route> fault_routes;    // faults.cpp
extern const std::span<const Route> metric_routes;   // metrics.cpp
extern const std::span<const Route> request_routes;  // requests.cpp

}  // namespace papersail
