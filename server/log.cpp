#include "server/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <iostream>
#include <stdexcept>

namespace papersail {
namespace {

bool json_format = false;

// Characters that would break out of a line or a JSON string do not occur in what we log of an
// answer, but for the action and the region, which come from the client.
std::string safe(const std::string& text) {
  std::string out;
  for (const char c : text.substr(0, 64)) {
    const bool plain = c > ' ' && c < 127 && c != '"' && c != '\\';
    out += plain ? c : '?';
  }
  return out;
}

void log_at(spdlog::level::level_enum level, const std::string& message) {
  if (json_format) {
    constexpr auto replace = json::error_handler_t::replace;
    spdlog::log(level, "\"message\":{}", json(message).dump(-1, ' ', false, replace));
  } else {
    spdlog::log(level, "{}", message);
  }
}

}  // namespace

void open_log(const std::string& level, const std::string& format) {
  const auto chosen = spdlog::level::from_str(level);
  if (chosen == spdlog::level::off && level != "off") {
    throw std::invalid_argument("not a log level: " + level);
  }
  if (format != "text" && format != "json") {
    throw std::invalid_argument("not a log format: " + format);
  }
  json_format = format == "json";
  std::ios::sync_with_stdio(false);
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_st>(std::cout);
  auto logger = std::make_shared<spdlog::logger>("papersail", std::move(sink));
  logger->set_pattern(json_format ? "{\"time\":\"%Y-%m-%dT%H:%M:%S.%e%z\",\"level\":\"%l\",%v}"
                                  : "%Y-%m-%dT%H:%M:%S.%e %l %v");
  logger->set_level(chosen);
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void log_request(const Answer& answer, const std::string& request_id,
                 std::chrono::nanoseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1e6;
  constexpr const char* text = "{} {} {} {} {}{}{:.3f}ms {}";
  constexpr const char* as_json =
      R"("action":"{}","account":"{}","region":"{}","status":{},"error":"{}{}","ms":{:.3f},"requestId":"{}")";
  const char* gap = json_format ? "" : answer.error_type.empty() ? "" : " ";
  spdlog::info(fmt::runtime(json_format ? as_json : text), safe(answer.action), answer.account,
               safe(answer.region), answer.status, answer.error_type, gap, ms, request_id);
}

void log_message(const std::string& message) {
  log_at(spdlog::level::info, message);
}

void log_warning(const std::string& message) {
  log_at(spdlog::level::warn, message);
}

void flush_log() {
  spdlog::default_logger()->flush();
}

}  // namespace papersail
