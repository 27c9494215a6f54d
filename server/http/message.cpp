#include "server/http/message.hpp"

#include <boost/beast/http/status.hpp>
#include <ctime>

#include "text/time_text.hpp"

namespace papersail {
namespace {

// Returns "Sat, 21 Nov 2026 02:27:18 GMT", formatted once a second.
const std::string& http_date() {
  thread_local std::time_t formatted_at = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != formatted_at) {
    text = utc_text(seconds(now), http_format);
    formatted_at = now;
  }
  return text;
}

std::string_view reason_of(int status) {
  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {reason.data(), reason.size()};
}

}  // namespace

std::string head_of(const Response& response, unsigned version, bool keep_alive) {
  const bool old = version == 10;
  // Formatted by hand: Beast's serializer takes as long as a whole read from the store.
  std::string out = old ? "HTTP/1.0 " : "HTTP/1.1 ";
  out.reserve(320);
  out += std::to_string(response.status) + ' ';
  out += reason_of(response.status);
  out += "\r\nServer: Server\r\nDate: " + http_date() + "\r\nContent-Type: ";
  out += response.content_type;
  // A stream ends when its connection closes.
  if (!response.stream) out += "\r\nContent-Length: " + std::to_string(response.body.size());
  out += "\r\nx-amzn-RequestId: " + response.request_id;
  if (!response.error_type.empty()) out += "\r\nx-amzn-ErrorType: " + response.error_type;
  if (old == keep_alive) out += old ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
  out += "\r\n";
  out += response.headers;
  return out += "\r\n";
}

}  // namespace papersail
