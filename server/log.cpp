#include "server/log.hpp"

#include <fmt/compile.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "server/log_writer.hpp"
#include "server/observers/record.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

bool json_format = false;

// Replaces characters that would break out of the log line or the JSON string. Only the action and
// the region come from the client; the other fields of a response are safe.
std::string safe(const std::string& text) {
  const auto breaks = [](char c) { return c < ' ' || c >= 127 || c == '"' || c == '\\'; };
  std::string out = text.substr(0, 128);
  std::replace_if(out.begin(), out.end(), breaks, '?');
  return out;
}

// Returns the part of a line after the level.
std::string payload_of(const std::string& message) {
  return json_format ? "\"message\":" + printed(message) : message;
}

void log_at(spdlog::level::level_enum level, const std::string& message) {
  spdlog::log(level, "{}", payload_of(message));
}

// Drops the lines for which there is no room, since their reader is slow, and logs their number
// when there is room again.
class Sink : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit Sink(int fd) : writer_(fd) {}
  void print(std::string_view text) {
    writer_.add(text);
    writer_.flush();
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& line) override {
    if (writer_.is_full()) {
      ++dropped_;
    } else {
      report_dropped();
      write(line);
    }
  }
  void flush_() override {
    writer_.flush();
    if (!writer_.is_full()) report_dropped();
  }

 private:
  void write(const spdlog::details::log_msg& line) {
    spdlog::memory_buf_t text;
    formatter_->format(line, text);
    writer_.add({text.data(), text.size()});
  }
  void report_dropped() {
    if (dropped_ == 0) return;
    const std::string message = payload_of(std::to_string(std::exchange(dropped_, 0)) +
                                           " log lines dropped: the reader of the log is slow");
    write({"", spdlog::level::warn, message});
    writer_.flush();
  }

  LogWriter writer_;
  std::size_t dropped_ = 0;
};

std::shared_ptr<Sink> sink;

}  // namespace

LogLevel log_level_of(const std::string& name) {
  const auto level = static_cast<LogLevel>(spdlog::level::from_str(name));
  if (level == LogLevel::off && name != "off") {
    throw std::invalid_argument("invalid log level \"" + name + '"');
  }
  return level;
}

LogFormat log_format_of(const std::string& name) {
  if (name == "text") return LogFormat::text;
  if (name == "json") return LogFormat::json;
  throw std::invalid_argument("invalid log format \"" + name + '"');
}

void open_log(LogLevel level, LogFormat format, int fd) {
  json_format = format == LogFormat::json;
  sink = std::make_shared<Sink>(fd);
  auto logger = std::make_shared<spdlog::logger>("papersail", sink);
  logger->set_pattern(json_format ? "{\"time\":\"%Y-%m-%dT%H:%M:%S.%e%z\",\"level\":\"%l\",%v}"
                                  : "%Y-%m-%dT%H:%M:%S.%e %l %v");
  logger->set_level(static_cast<spdlog::level::level_enum>(level));
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void log_request(const Response& response, const std::string& request_id,
                 std::chrono::nanoseconds duration) {
  if (!response.failure.empty()) {
    log_error(response.action + ' ' + response.account + " failed: " + response.failure + ' ' +
              request_id);
  }
  spdlog::logger& logger = *spdlog::default_logger_raw();
  if (!logger.should_log(spdlog::level::info)) return;
  const double ms = static_cast<double>(duration.count()) / 1e6;
  const auto action = safe(response.action), region = safe(response.region);
  fmt::memory_buffer line;
  const auto out = std::back_inserter(line);
  if (json_format) {
    fmt::format_to(
        out,
        FMT_COMPILE(
            R"("action":"{}","account":"{}","region":"{}","status":{},"error":"{}","ms":{:.3f},"requestId":"{}")"),
        action, response.account, region, response.status, response.error_type, ms, request_id);
  } else {
    fmt::format_to(out, FMT_COMPILE("{} {} {} {} {}{}{:.3f}ms {}"), action, response.account,
                   region, response.status, response.error_type,
                   response.error_type.empty() ? "" : " ", ms, request_id);
  }
  logger.log(spdlog::level::info, std::string_view(line.data(), line.size()));
}

void log_bodies(const std::string& request_id, std::string_view request,
                const std::string& response) {
  spdlog::logger& logger = *spdlog::default_logger_raw();
  if (!logger.should_log(spdlog::level::debug)) return;
  const auto input = serialize(masked_body(std::string(request))),
             output = serialize(masked_body(response));
  if (json_format) {
    logger.debug(R"("requestId":"{}","input":{},"output":{})", request_id, input, output);
  } else {
    logger.debug("{} input {} output {}", request_id, input, output);
  }
}

void log_message(const std::string& message) {
  log_at(spdlog::level::info, message);
}

void log_warning(const std::string& message) {
  log_at(spdlog::level::warn, message);
}

void log_error(const std::string& message) {
  log_at(spdlog::level::err, message);
}

void log_critical(const std::string& message) {
  log_at(spdlog::level::critical, message);
}

void print(std::string_view text) {
  if (sink) sink->print(text);
}

void flush_log() {
  spdlog::default_logger()->flush();
}

}  // namespace papersail
