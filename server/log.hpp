// The log: one line a request, and what else the server has to say.
#pragma once

#include <chrono>
#include <string>

#include "server/api/request.hpp"

namespace papersail {

// These throw std::invalid_argument for other values than those of `open_log`.
void require_log_level(const std::string& level);
void require_log_format(const std::string& format);

// `level`: trace, debug, info, warning, error, off. `format`: text or json. Lines go to standard
// output, buffered: `flush_log` brings them out. Throws std::invalid_argument.
void open_log(const std::string& level, const std::string& format);
void log_request(const Response& response, const std::string& request_id,
                 std::chrono::nanoseconds duration);
// At level debug: a line with both bodies, whose secrets are masked.
void log_bodies(const std::string& request_id, const std::string& request,
                const std::string& response);
void log_message(const std::string& message);
void log_warning(const std::string& message);
void flush_log();

}  // namespace papersail
