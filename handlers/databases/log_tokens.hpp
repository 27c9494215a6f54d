// The page tokens of GetRelationalDatabaseLogEvents for both directions.
#pragma once

#include <string>

namespace papersail {

// A position in a log: after the line with this key if `forward`, otherwise before it.
struct LogPosition {
  bool forward;
  std::string key;
};

// Returns the token of a position. Recorded: tokens are JSON in base64. A token is valid for its
// own log only.
std::string log_token(const std::string& log, const LogPosition& position);

// Throws invalid_input unless `log_token` created the token for this log.
LogPosition log_position(const std::string& log, const std::string& token);

}  // namespace papersail
