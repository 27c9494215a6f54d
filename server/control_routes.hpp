// The families of the control API, one table each, in the file of the same name.
#pragma once

#include <span>

#include "server/control.hpp"

namespace papersail {

extern const std::span<const Route> server_routes;  // control_server.cpp

extern const std::span<const Route> fault_routes;    // control_faults.cpp
extern const std::span<const Route> metric_routes;   // control_metrics.cpp
extern const std::span<const Route> request_routes;  // control_requests.cpp

}  // namespace papersail
