// The families of the control API, one table each, in the file of the same name.
#pragma once

#include <span>

#include "server/control.hpp"

namespace papersail {

extern const std::span<const Route> server_routes;  // control_server.cpp

}  // namespace papersail
