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
// or json. Lines are written to standard output through a buffer; `flush_log` writes it out. Throws
// std::invalid_argument.
void open_log(const std::string& level, const std::string& format);
void log_request(const Response& response, const std::string& request_id,
                 std::chrono::nanoseconds duration);
// Logs both bodies at level debug, with their secrets masked.
void log_bodies(const std::string& request_id, std::string_view request,
                const std::string& response);
void log_message(const std::string& message);
void log_warning(const std::string& message);
void flush_log();

}  // namespace papersail
