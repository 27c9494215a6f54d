// Access to instances.
#pragma once

#include <string>

#include "state/ids.hpp"

namespace papersail {

// Returns a new Administrator password that Windows accepts.
std::string windows_password(Ids& ids);

}  // namespace papersail
