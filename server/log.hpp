// The log: one line for each request, and the server's own messages.
#pragma once

#include <chrono>
#include <string>

#include "server/api/request.hpp"

namespace papersail {

enum class LogLevel { trace, debug, info, warning, error, critical, off };  // as in spdlog
enum class LogFormat { text, json };

// Return the level or the format of this name. Throw std::invalid_argument if there is none.
LogLevel log_level_of(const std::string& name);
LogFormat log_format_of(const std::string& name);

// Replaces the default logger. Lines are written to standard output through a buffer; `flush_log`
// writes it out.
void open_log(LogLevel level, LogFormat format);
void log_request(const Response& response, const std::string& request_id,
                 std::chrono::nanoseconds duration);
// Logs both bodies at level debug, with their secrets masked.
void log_bodies(const std::string& request_id, const std::string& request,
                const std::string& response);
void log_message(const std::string& message);
void log_warning(const std::string& message);
void flush_log();

}  // namespace papersail
