// The log: one line for each request, and the server's own messages.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/api/request.hpp"

namespace papersail {

enum class LogLevel { trace, debug, info, warning, error, critical, off };  // as in spdlog
enum class LogFormat { text, json };

// Return the level or the format of this name. Throw std::invalid_argument if there is none.
LogLevel log_level_of(const std::string& name);
LogFormat log_format_of(const std::string& name);

// Replaces the default logger. Lines go through a buffer to the file descriptor `fd`, and never
// wait for its reader: if too many lines wait, later ones are dropped and counted in the log. The
// rest is written when the next log is opened or the process ends; for that, papersail waits up to
// two seconds.
void open_log(LogLevel level, LogFormat format, int fd = 1);
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
