// The variables of LocalStack that set options of `serve`.
#pragma once

#include <string>
#include <vector>

#include "cli/environment.hpp"

namespace papersail {

// A value for an option of `serve`, and the variable that sets it.
struct Setting {
  std::string option;  // "port"
  std::string value;
  std::string variable;
};

// Returns the settings of GATEWAY_LISTEN (host and port), PERSISTENCE (data) and DEBUG (log level).
std::vector<Setting> localstack_settings(const Variables& variables);

}  // namespace papersail
