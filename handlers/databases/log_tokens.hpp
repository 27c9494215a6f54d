// The tokens of GetRelationalDatabaseLogEvents, which lead both ways.
#pragma once

#include <string>

namespace papersail {

// Between two lines of a log: `forward` means those behind the line with this key, else those
// before it.
struct LogPosition {
  bool forward;
  std::string key;
};

// Recorded: JSON in base64. A token is of use for its own log only.
std::string log_token(const std::string& log, const LogPosition& position);

// Throws invalid_input for what `log_token` did not make for this log.
LogPosition log_position(const std::string& log, const std::string& token);

}  // namespace papersail
