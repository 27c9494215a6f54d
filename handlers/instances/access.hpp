// How to get into an instance.
#pragma once

#include <string>

#include "state/ids.hpp"

namespace papersail {

// A new Administrator password, such as Windows accepts.
std::string windows_password(Ids& ids);

}  // namespace papersail
