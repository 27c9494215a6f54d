// The log: one line for each request, and the server's own messages.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/api/request.hpp"

namespace papersail {

// Throw std::invalid_argument for a value that `open_log` does not accept.
void require_log_level(const std::string& level);
void require_log_format(const std::string& format);

// Replaces the default logger. `level`: trace, debug, info, warning, error or off. `format`: text
// or json. Lines go through a buffer to the file descriptor `fd`, and never wait for its reader: if
// too many lines wait, later ones are dropped and counted in the log. The rest is written when the
// next log is opened or the process ends; for that, papersail waits up to two seconds. Throws
// std::invalid_argument.
void open_log(const std::string& level, const std::string& format, int fd = 1);
void log_request(const Response& response, const std::string& request_id,
                 std::chrono::nanoseconds duration);
// Logs both bodies at level debug, with their secrets masked.
void log_bodies(const std::string& request_id, std::string_view request,
                const std::string& response);
void log_message(const std::string& message);
void log_warning(const std::string& message);
void log_error(const std::string& message);
void log_critical(const std::string& message);
// Writes text that is no line of the log, whatever the level, to the same place.
void print(std::string_view text);
// Writes the buffered lines, as far as the reader takes them now.
void flush_log();

}  // namespace papersail
